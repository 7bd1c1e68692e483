import type { FundEvidence } from "./evidence.ts";
import type { FundLog } from "./fundLog.ts";

/** What changes a fund's account: what it received in all, and its rules. */
export type AccountEvent = FundLog<"FundCredited"> | FundLog<"RulesSet">;

/** The rules that a fund has before anybody sets some. */
export const FIRST_RULES = { approvals: 2, overrunBasisPoints: 0 };

/** The changes of a fund's account, in their order. */
export function accountEvents(
  { fund }: Pick<FundEvidence, "fund">,
  number: number,
): AccountEvent[] {
  return fund.filter(
    (event): event is AccountEvent =>
      (event.eventName === "FundCredited" || event.eventName === "RulesSet") &&
      event.args.fund === number,
  );
}
