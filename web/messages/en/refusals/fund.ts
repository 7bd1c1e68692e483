import type { ProblemText } from "../../zh/problems.ts";
import type { fundRefusals as chinese } from "../../zh/refusals/fund.ts";

const REPORT = "Tell the operator the error code.";
const REFRESH = "Reload the page.";

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
  FundApprovalsTooFew: ["The payment has too few approvals", "Wait for the other approvers."],
  FundApproverTwice: ["One officer approved twice", "Another approver must sign."],
  FundAuthorActs: [
    "Who submits a claim neither accepts nor approves it",
    "Another officer must sign.",
  ],
  FundBalanceTooLow: ["The fund has less than that left", "Reserve less, or check the books."],
  FundBudgetExceeded: ["More than the owners adopted", "An excess needs a new vote."],
  FundClaimAmountInvalid: ["The claim is not within its milestone", "Correct the amount."],
  FundClaimNotAccepted: ["This claim is not accepted, or is done with", REFRESH],
  FundClaimsOpen: ["A claim still waits", "Judge, pay or withdraw it first."],
  FundCreditTooLow: ["Less than what is reserved and paid", "Check the books."],
  FundEmergencyNotMaintenance: [
    "Only the maintenance fund is used without a vote",
    "Put it to the vote.",
  ],
  FundGroundUnknown: ["There is no such emergency ground", "Choose one of the list."],
  FundInvoiceDiffers: ["The claim has another invoice", REFRESH],
  FundInvoiceUsed: ["This invoice was submitted before", "An invoice is paid once; check it."],
  FundItemNotAllowed: [
    "The motion’s item does not allow the use of this fund",
    "Check the motion.",
  ],
  FundMilestoneEmpty: ["A milestone has no amount", "Correct the milestones."],
  FundMilestoneStateDiffers: ["The milestone is not at this step", REFRESH],
  FundMilestoneUnknown: ["There is no such milestone", REFRESH],
  FundMilestonesInvalid: ["A project has 1 to 32 milestones", "Correct the milestones."],
  FundMotionNotAdopted: ["The owners did not adopt this motion", "It cannot be paid for."],
  FundMotionNotFinal: ["The result is not final yet", "Wait until objections are over."],
  FundMotionReserved: ["Money is reserved for this motion already", REFRESH],
  FundMotionWithoutPlan: ["This motion uses no fund", "Choose another motion."],
  FundOverrunInvalid: ["The overrun exceeds the whole budget", "Correct the share."],
  FundPlanDiffers: [
    "Payee, budget, scope or rule differ from what the owners adopted",
    "Use those of the motion; a change needs a new vote.",
  ],
  FundReservationSettled: ["The project is settled", "Nothing more is paid for it."],
  FundReservationUnknown: ["There is no such reservation", REFRESH],
  FundRoleMissing: [
    "This officer does not hold the role, or has lost it",
    "Another officer must sign.",
  ],
  FundSignatureInvalid: ["An officer’s signature does not verify", "Sign again."],
  FundTermsDiffer: ["Payee or milestones differ from the reservation", REFRESH],
  FundUnknown: ["There is no such fund", REPORT],
};
