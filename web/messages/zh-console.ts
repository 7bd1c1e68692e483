export { desk } from "./zh/desk.ts";
export { founding } from "./zh/founding.ts";
export { officers } from "./zh/officers.ts";
export { treasury } from "./zh/treasury.ts";
export { works } from "./zh/works.ts";
