import type { ProblemText } from "../../zh/problems.ts";
import type { projectRefusals as chinese } from "../../zh/refusals/project.ts";

export const projectRefusals: Record<keyof typeof chinese, ProblemText> = {
  ProjectNotFound: ["There is no such project", "Reload the page."],
  ProjectRouteDiffers: [
    "A project that is voted on and an emergency have other steps",
    "Take the steps of this one.",
  ],
  ProjectSettled: ["The project is settled", "Nothing is added to it any more."],
  ProjectDateInvalid: ["The date is ahead of today", "Write the day on which it happened."],
  ProjectMotionTaken: ["This motion decides on another project", "One motion, one project."],
  ProjectMotionWithoutPlan: ["This motion has no plan", "Without one it cannot use a fund."],
  ProjectVoteStands: ["The project has its motion already", "It cannot take another one."],
  ProjectPlanMissing: [
    "There is no plan yet",
    "Name the motion first, or in an emergency write the plan.",
  ],
  ProjectQuoteUnknown: ["There is no such offer", "Write it down first."],
  ProjectPayeeDiffers: [
    "The payee is not the plan’s",
    "The name must be the one that was adopted; another contractor needs a new vote.",
  ],
  ProjectAccountDiffers: [
    "The account is not the plan’s",
    "The name is right, the account is not. Check the contract; another account needs a new vote.",
  ],
  ProjectMilestonesDiffer: [
    "The milestones do not add up to the contract",
    "They must agree to the fen.",
  ],
  ProjectOverBudget: [
    "The contract is more than the approved budget",
    "What exceeds it needs a new vote.",
  ],
  ProjectContractMissing: ["There is no contract yet", "Write it down first."],
  ProjectMilestoneUnknown: ["The contract has no such milestone", "Reload the page."],
  ProjectInvoiceUsed: ["This invoice was used already", "An invoice serves once."],
  ProjectInvoiceTooHigh: [
    "The invoice is more than its milestone",
    "Check the invoice and the milestone.",
  ],
  ProjectPaymentMissing: ["There is no payment to publish yet", "Publish it once it is booked."],
  ProjectContractFixed: [
    "Money is being set aside for the contract: it cannot be replaced",
    "Take the reservation back first.",
  ],
  ProjectAuditMissing: ["The emergency was not audited yet", "It is before it is settled."],
  ProjectPublicationMissing: [
    "The emergency’s payments were not published yet",
    "Put them before the owners, then settle.",
  ],
  ReservationMissing: ["No money is set aside yet", "Two officers sign for that first."],
  ReservationStands: ["Money is set aside for this project already", "It is once."],
  ReservationWaiting: [
    "Another reservation waits for signatures or for the chain",
    "Let it be done, or take it back.",
  ],
  InvoiceNotFound: ["The project has no such invoice", "Write it down first."],
  ClaimNotFound: ["There is no such claim", "Reload the page."],
  ClaimWaiting: ["Two officers are asked about this claim", "Let them sign, or take it back."],
  FundNothingReceived: ["The books of this fund are empty", "Enter what it has first."],
};
