export { check } from "./zh/check.ts";
export { dispute } from "./zh/dispute.ts";
