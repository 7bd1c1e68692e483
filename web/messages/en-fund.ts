export { fund } from "./en/fund.ts";
export { projects } from "./en/projects.ts";
