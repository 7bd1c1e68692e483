export { check } from "./en/check.ts";
export { dispute } from "./en/dispute.ts";
