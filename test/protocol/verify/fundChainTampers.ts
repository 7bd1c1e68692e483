import { type Hex, encodeEventTopics } from "viem";
import { assemblyAbi } from "../../../protocol/abi/assembly.ts";
import { recordLeaf } from "../../../protocol/anchor/record.ts";
import {
  type FundContent,
  type FundTamper,
  type Said,
  addFen,
  changeRecord,
  dropEvent,
  flip,
  flipCall,
  flipEvent,
  fundLog,
  numbered,
} from "./fundTampering.ts";

/** Changes a contract's record as if officers had signed for it so: the event names its leaf, nothing else does. */
function changeContract(copy: FundContent, change: (said: Said) => void): void {
  const leaf = (): string => {
    const { text } = copy.records.find(({ text: each }) => each.includes('"projectContract"'))!;
    return recordLeaf(new TextEncoder().encode(text)).slice(2);
  };
  const signed = leaf();
  changeRecord(copy, "projectContract", change);
  const log = fundLog(copy, "MotionReserved");
  log.data = log.data.replace(signed, leaf()) as Hex;
}

/** What may be altered of what was decided and paid on chain, and the check that names it. */
export const CHAIN_TAMPERS: readonly FundTamper[] = [
  [
    "the credited total on chain",
    "creditTotal maintenance/0",
    (copy) => {
      flipEvent(copy, "FundCredited", 63);
    },
  ],
  [
    "a signature under the credited total",
    "creditAttested maintenance/0",
    (copy) => {
      flipCall(copy, "FundCredited", 600);
    },
  ],
  [
    "the rules' record",
    "rulesRecord maintenance/1",
    (copy) => {
      changeRecord(copy, "fundRules", (said) => (said.overrunBasisPoints = 5_000));
    },
  ],
  ["the rules on chain", "rulesAttested maintenance/1", (copy) => flipEvent(copy, "RulesSet", 126)],
  [
    "the payee of the adopted plan",
    "reserveDecided 1",
    (copy) => {
      changeRecord(copy, "meeting", (said) => (said.motions[0].plan.payee.name = "另一家公司"));
    },
  ],
  [
    "the budget of the adopted plan",
    "reserveDecided 1",
    (copy) => {
      changeRecord(copy, "meeting", (said) => (said.motions[0].plan.budget = "9386000"));
    },
  ],
  [
    "a milestone of the contract",
    "reserveDecided 1",
    (copy) => {
      changeRecord(copy, "projectContract", (said) => (said.milestones[0].title = "别的"));
    },
  ],
  [
    "the payee of the contract",
    "reserveDecided 1",
    (copy) => {
      changeContract(copy, (said) => (said.payee.accountTail = "0000"));
    },
  ],
  [
    "the sum of the contract",
    "reserveDecided 1",
    (copy) => {
      changeContract(copy, (said) => (said.amount = addFen(said.amount, 1n)));
    },
  ],
  [
    "the outcome of the motion",
    "reserveDecided 1",
    (copy) => {
      const [topic] = encodeEventTopics({ abi: assemblyAbi, eventName: "MotionDecided" });
      copy.logs = copy.logs.filter(({ topics }) => topics[0] !== topic);
    },
  ],
  [
    "a signature under the reservation",
    "reserveAttested 1",
    (copy) => {
      flipCall(copy, "MotionReserved", -100);
    },
  ],
  [
    "the reservation's record",
    "reserveRecord 1",
    (copy) => {
      changeRecord(copy, "projectReservation", (said) => (said.approvals = 3));
    },
  ],
  ["a claim on chain", "claimAttested 1", (copy) => flipEvent(copy, "ClaimSubmitted", 127)],
  [
    "an invoice's file",
    "claimInvoice 1",
    (copy) => {
      changeRecord(copy, "projectInvoice", (said) => (said.sha256 = flip(said.sha256, 3)));
    },
  ],
  ["who judged", "claimJudged 1", (copy) => flipCall(copy, "ClaimJudged", -100)],
  [
    "an acceptance",
    "claimRecord 1",
    (copy) => {
      changeRecord(copy, "projectAcceptance", (said) => (said.accepted = false));
    },
  ],
  ["who took a claim back", "claimWithdrawn 2", (copy) => flipCall(copy, "ClaimWithdrawn", -100)],
  ["an approval", "paymentApproved 1", (copy) => flipCall(copy, "PaymentReleased", -70)],
  ["who approved", "paymentApproved 1", (copy) => flipEvent(copy, "PaymentReleased", -3)],
  ["what was paid on chain", "paymentApproved 1", (copy) => flipEvent(copy, "PaymentReleased", 63)],
  [
    "a payment that was never accepted",
    "paymentApproved 1",
    (copy) => dropEvent(copy, "ClaimJudged"),
  ],
  [
    "a payment that the chain does not have",
    "paymentOnChain projects",
    (copy) => {
      dropEvent(copy, "PaymentReleased");
    },
  ],
  [
    "a payment's record",
    "paymentRecord 1",
    (copy) => {
      changeRecord(copy, "projectPayment", (said) => (said.amount = addFen(said.amount, 1n)));
    },
  ],
  [
    "a payment's entry",
    "paymentEntry 1",
    (copy) => {
      changeRecord(copy, "projectPayment", (said) => (said.entry = 1));
    },
  ],
  [
    "an entry that calls itself a payment",
    "paymentOnChain entries",
    (copy) => {
      changeRecord(copy, "entry", (said) => (said.source = "payment 9"), numbered(4));
    },
  ],
  [
    "what was settled",
    "settlementRecord 1",
    (copy) => {
      changeRecord(copy, "projectSettlement", (said) => (said.paid = addFen(said.paid, 1n)));
    },
  ],
  [
    "a signature under the settlement",
    "settlementAttested 1",
    (copy) => {
      flipCall(copy, "ReservationSettled", -100);
    },
  ],
  [
    "the code of the Fund",
    "contractCode fund",
    (copy) => {
      const { address } = fundLog(copy, "FundCredited");
      copy.code.set(address, flip(copy.code.get(address)!, 400));
    },
  ],
];
