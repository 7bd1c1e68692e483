export { fund } from "./zh/fund.ts";
export { projects } from "./zh/projects.ts";
