export { keys } from "./zh/keys.ts";
export { mine } from "./zh/mine.ts";
export { vote } from "./zh/vote.ts";
