// Errors of projects and of their payments, part of the catalogue in errors.ts.

export const PROJECT_ERRORS = {
  ProjectNotFound: 404,
  /** What only a project that is voted on has, or only an emergency. */
  ProjectRouteDiffers: 409,
  ProjectSettled: 409,
  ProjectDateInvalid: 422,
  ProjectMotionTaken: 409,
  ProjectMotionWithoutPlan: 422,
  ProjectVoteStands: 409,
  ProjectPlanMissing: 409,
  ProjectQuoteUnknown: 404,
  ProjectPayeeDiffers: 422,
  ProjectMilestonesDiffer: 422,
  ProjectOverBudget: 422,
  ProjectContractMissing: 409,
  ProjectMilestoneUnknown: 404,
  ProjectInvoiceUsed: 409,
  ProjectInvoiceTooHigh: 422,
  ProjectPaymentMissing: 409,
} as const;
