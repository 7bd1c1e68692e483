import type { Outcome } from "../../protocol/verify/dispute/finding.ts";
import type { VerdictKind } from "../shell/verdict-kind.ts";

/** How the outcome of a claim looks: what is upheld is something wrong. */
export const OUTCOME_LOOK: Record<Outcome, VerdictKind> = {
  upheld: "inconsistent",
  refuted: "consistent",
  undecided: "unverifiable",
};
