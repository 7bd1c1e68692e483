import type { claimChecks as zh } from "../zh/claim-report.ts";

export const claimChecks: typeof zh = {
  claim:
    "The claim: not decided here; the page “Check my ballot” and npx mingzhang verify dispute decide on it",
  claimForm: "The claim and what is given for it",
  claimLine: "The flat’s line of the roll",
  claimVoted: "No ballot of the flat stands",
  claimEntry: "The entry and what it rests on",
  receiptForm: "Form of the receipt",
  receiptContract: "Receipt is of this community’s contract",
  receiptKey: "Key of the receipt is on the roll",
  receiptSignature: "Signature on the receipt",
  receiptLeaf: "Receipt number follows from its content",
  receiptPromise: "The service’s signed promise",
  receiptSealed: "Your ballot is in the sealed batch",
  receiptCounted: "What the count made of your ballot",
};
