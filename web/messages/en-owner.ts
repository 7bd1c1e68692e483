export { keys } from "./en/keys.ts";
export { mine } from "./en/mine.ts";
export { vote } from "./en/vote.ts";
