import type { ProblemText } from "../../zh/problems.ts";
import type { fundRefusals as chinese } from "../../zh/refusals/fund.ts";

const REPORT = "Tell the operator the error code.";

export const fundRefusals: Record<keyof typeof chinese, ProblemText> = {
  PlanItemNotAllowed: [
    "This item does not allow the use of this fund",
    "Items 5 to 8 may use the maintenance fund, items 5 to 9 the public income.",
  ],
  PlanScopeUnknown: [
    "The charge scope names a building or unit that is not on the roll",
    "Write them as the roll does.",
  ],
  PlanFactorsInvalid: [
    "The factors do not match the charge scope",
    "One factor for each unit, at least one above zero.",
  ],
  FundApprovalsInvalid: ["Between 2 and 16 approvals are possible", "Correct the number."],
  FundCreditTooLow: ["Less than what is reserved and paid", "Check the books."],
  FundOverrunInvalid: ["The overrun exceeds the whole budget", "Correct the share."],
  FundUnknown: ["There is no such fund", REPORT],
};
