import type { LaterFiles } from "./zh-later.ts";

const assembly = () => import("./en-assembly.ts");
const owner = () => import("./en-owner.ts");
const check = () => import("./en-check.ts");
const fund = () => import("./en-fund.ts");
const officers = () => import("./en-console.ts");

export const enLater: LaterFiles = {
  meeting: assembly,
  notice: assembly,
  talk: assembly,
  vote: owner,
  mine: owner,
  keys: owner,
  check,
  dispute: check,
  fund,
  projects: fund,
  audit: () => import("./en/audit.ts"),
  desk: officers,
  founding: officers,
  officers,
  treasury: officers,
  works: officers,
  refusals: () => import("./en/refusals.ts"),
};
