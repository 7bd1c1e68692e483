import { type Hex, hashTypedData, keccak256 } from "viem";
import type { RecordOf } from "../../anchor/record.ts";
import { bankOf } from "../../fund/account.ts";
import { readApprovals } from "../../fund/approvals.ts";
import { releaseTypedData, settleTypedData } from "../../fund/messages.ts";
import { eventsNamed } from "../events.ts";
import { findSignatureFault } from "../officers.ts";
import type { CheckDetail, Checks } from "../report.ts";
import { callOf, domainOf, findActFault, pickSaid, saidBy } from "./acts.ts";
import { type PlacedEntry, placed, postedOn } from "./books.ts";
import { type Claimed, isAcceptedAt } from "./claims.ts";
import { type FundEvidence, isLookedInto } from "./evidence.ts";
import type { FundLog } from "./fundLog.ts";
import type { Reserved } from "./reservations.ts";
import { findPlanFault, scheduleOf } from "./schedules.ts";

type Released = FundLog<"PaymentReleased">;
type PaymentRecord = RecordOf<"projectPayment">;

/** Every payment: its approvals as signed, its record, its entry, and that the entry shares it out as was adopted. */
export async function checkPayments(
  evidence: FundEvidence,
  claims: ReadonlyMap<number, Claimed>,
  checks: Checks,
): Promise<void> {
  const released = eventsNamed(evidence.fund, "PaymentReleased");
  for (const event of released) {
    const number = Number(event.args.claim);
    const claim = claims.get(number);
    const reserved = claim?.reserved;
    if (!claim || !reserved) {
      checks.skip("paymentApproved", number, "dependsOnFailed");
      continue;
    }
    const payment = { event, claim, reserved };
    checks.faultless("paymentApproved", number, await findApprovalFault(evidence, payment));
    checkRecord(evidence, payment, checks);
  }
  checkUnreleased(evidence, released, checks);
}

type Payment = { event: Released; claim: Claimed; reserved: Reserved };

async function findApprovalFault(
  evidence: FundEvidence,
  { event, claim, reserved }: Payment,
): Promise<CheckDetail | undefined> {
  const { log, args } = event;
  const call = callOf(evidence, log, ["release"]);
  if (!call.functionName) return call.fault;
  if (args.amount !== claim.amountFen) return "differs";
  if (!isAcceptedAt(evidence, claim.number, event)) return "wrongTime";
  const { plan, milestones } = reserved;
  const digest = hashTypedData(
    releaseTypedData(domainOf(evidence), {
      ...{ payee: plan.payee.name, accountTail: plan.payee.accountTail },
      ...{ amountFen: claim.amountFen, title: milestones[claim.milestone]!.title },
      ...{ invoice: claim.invoice, claim: args.claim },
      ...{ reservation: BigInt(claim.reservation), milestone: BigInt(claim.milestone) },
    }),
  );
  const attestations = await readApprovals(digest, call.args);
  if (!attestations) return "wrongSignature";
  const ids = attestations.map(({ signer }) => keccak256(signer));
  if (ids.join() !== args.approvers.join()) return "differs";
  if (new Set(ids).size < ids.length || ids.includes(claim.author)) return "wrongAuthority";
  if (ids.length < reserved.approvals) return "tooFew";
  for (const attestation of attestations) {
    const act = { digest, role: "approver", attestation, log } as const;
    const fault = await findSignatureFault(evidence, act);
    if (fault) return fault;
  }
  return undefined;
}

function checkRecord(evidence: FundEvidence, payment: Payment, checks: Checks): void {
  const { event, claim, reserved } = payment;
  const transaction = event.log.transactionHash;
  const record = placed(evidence, "projectPayment").find(
    (each) =>
      each.record.transaction === transaction &&
      each.record.project === reserved.project &&
      each.record.milestone === claim.milestone,
  )?.record;
  if (!record) {
    checks.skip("paymentRecord", claim.number, "notPublished");
    return;
  }
  const expected = {
    ...{ amount: String(claim.amountFen), payee: reserved.plan.payee, invoice: claim.invoice },
    approvers: event.args.approvers,
  };
  const found = pickSaid(record, expected);
  checks.equal({ name: "paymentRecord", subject: claim.number, expected, found });
  checkEntry(evidence, { record, payment }, checks);
}

/** The entry that takes it into the books: the same money, of the same fund, shared out as the plan says. */
function checkEntry(
  evidence: FundEvidence,
  { record, payment }: { record: PaymentRecord; payment: Payment },
  checks: Checks,
): void {
  const { plan } = payment.reserved;
  const subject = record.payment;
  const entry = placed(evidence, "entry").find((each) => each.record.number === record.entry);
  const expected = {
    ...{ source: `payment ${record.payment}`, fund: plan.fund },
    bank: String(-payment.claim.amountFen),
  };
  const found = entry && {
    ...{ source: entry.record.source, fund: entry.record.fund },
    bank: String(postedOn(entry.record, bankOf(plan.fund)) ?? ""),
  };
  checks.equal({ name: "paymentEntry", subject, expected, found });
  if (entry && plan.fund === "maintenance")
    checkShared(evidence, { entry, payment, subject }, checks);
}

function checkShared(
  evidence: FundEvidence,
  { entry, payment, subject }: { entry: PlacedEntry; payment: Payment; subject: number },
  checks: Checks,
): void {
  const hash = entry.record.units?.schedule;
  const schedule = hash ? scheduleOf(evidence, hash) : undefined;
  if (schedule === "missing") {
    checks.skip("paymentShared", subject, "missing");
    return;
  }
  const { plan } = payment.reserved;
  const fault = schedule ? findPlanFault(evidence, schedule, plan) : "no schedule";
  checks.equal({ name: "paymentShared", subject, expected: "", found: fault ?? "" });
}

/** No payment is told of, in projects or in the books, that the chain does not have. */
function checkUnreleased(
  evidence: FundEvidence,
  released: readonly Released[],
  checks: Checks,
): void {
  const transactions = new Set(released.map(({ log }) => log.transactionHash));
  const payments = placed(evidence, "projectPayment");
  const unknown = payments.filter(({ record }) => !transactions.has(record.transaction as Hex));
  const found = unknown.map(({ record }) => `payment ${record.payment}`).join(" ");
  checks.equal({ name: "paymentOnChain", subject: "projects", expected: "", found });
  const numbers = new Set(payments.map(({ record }) => `payment ${record.payment}`));
  const entries = placed(evidence, "entry").filter(
    ({ record }) =>
      record.source?.startsWith("payment ") &&
      isLookedInto(evidence, record) &&
      !numbers.has(record.source),
  );
  const stray = entries.map(({ record }) => `entry ${record.number}`).join(" ");
  checks.equal({ name: "paymentOnChain", subject: "entries", expected: "", found: stray });
}

/** The end of a reservation: what was paid of it, and what became free. */
export async function checkSettlements(
  evidence: FundEvidence,
  reservations: ReadonlyMap<number, Reserved>,
  checks: Checks,
): Promise<void> {
  for (const { args, log } of eventsNamed(evidence.fund, "ReservationSettled")) {
    const number = Number(args.reservation);
    const reserved = reservations.get(number);
    const call = callOf(evidence, log, ["settle"]);
    const { reservation, paid, freed, record } = args;
    const message = { reservation, paidFen: paid, freedFen: freed, record };
    const typedData = settleTypedData(domainOf(evidence), message);
    const fault = call.functionName
      ? await findActFault(evidence, { typedData, attestations: call.args[2], log })
      : call.fault;
    checks.faultless("settlementAttested", number, fault);
    if (!reserved) continue;
    const amount = reserved.milestones.reduce((sum, { amountFen }) => sum + amountFen, 0n);
    const spent = sumPaid(evidence, number);
    const expected = {
      ...{ type: "projectSettlement", project: reserved.project },
      ...{ paid: String(spent), released: String(amount - spent) },
    };
    const found = pickSaid(saidBy(evidence, record), expected);
    checks.equal({ name: "settlementRecord", subject: number, expected, found });
  }
}

function sumPaid(evidence: FundEvidence, reservation: number): bigint {
  const own = new Set(
    eventsNamed(evidence.fund, "ClaimSubmitted")
      .filter(({ args }) => Number(args.reservation) === reservation)
      .map(({ args }) => args.claim),
  );
  return eventsNamed(evidence.fund, "PaymentReleased")
    .filter(({ args }) => own.has(args.claim))
    .reduce((sum, { args }) => sum + args.amount, 0n);
}
