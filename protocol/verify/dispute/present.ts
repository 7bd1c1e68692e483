import type { OpenedBundle } from "../bundle/bundle.ts";
import type { MeetingFindings } from "../meeting.ts";
import type { Check, Checks } from "../report.ts";
import type { Dispute } from "./decide.ts";

/** Decides on the claim of a dispute file by what was found in its evidence: of a meeting, of the funds. */
export type DecideClaim = (
  opened: OpenedBundle,
  found: { findings?: MeetingFindings | undefined; funds?: readonly Check[] | undefined },
  checks: Checks,
) => Promise<Dispute | undefined>;

/** Decides nothing, and says so. */
export const leaveClaimOpen: DecideClaim = (_opened, _found, checks) => {
  checks.skip("claim", "", "leftOut");
  return Promise.resolve(undefined);
};
