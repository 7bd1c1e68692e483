import { Checks, type Report } from "../report.ts";
import type { Sources } from "../source.ts";
import type { FundScope } from "./choose.ts";

/** Verifies the funds of a community, or what belongs to a project or a period. */
export type VerifyFunds = (sources: Sources, scope: FundScope) => Promise<Report>;

/** Looks at nothing, and says so. */
export const leaveFundsOut: VerifyFunds = () => {
  const checks = new Checks();
  checks.skip("funds", "", "leftOut");
  return Promise.resolve(checks.report());
};

/** Whether a community has anything to do with funds: records of them, or events of their contract. */
export async function hasFunds({ records, chain }: Sources): Promise<boolean> {
  const { fund } = await records.community();
  if ((await chain.logs(fund)).length > 0) return true;
  const types = ["fundSettings", "entry", "project", "bankAccount"] as const;
  const found = await Promise.all(types.map((type) => records.findRecords({ type })));
  return found.some((entries) =>
    entries.some(({ text }) => types.some((type) => text.includes(`"type":"${type}"`))),
  );
}
