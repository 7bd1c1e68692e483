export { desk } from "./en/desk.ts";
export { founding } from "./en/founding.ts";
export { officers } from "./en/officers.ts";
export { treasury } from "./en/treasury.ts";
export { works } from "./en/works.ts";
