import { type Hex, hashTypedData, keccak256 } from "viem";
import type { RecordOf } from "../../anchor/record.ts";
import { bankOf } from "../../fund/account.ts";
import { readApprovals } from "../../fund/approvals.ts";
import { releaseTypedData, settleTypedData } from "../../fund/messages.ts";
import { eventsNamed } from "../events.ts";
import { findAttestationFault } from "../officers.ts";
import type { CheckDetail, Checks } from "../report.ts";
import { callOf, domainOf, findActFault, pickSaid, saidBy } from "./acts.ts";
import { type Placed, type PlacedEntry, placed, postedOn } from "./books.ts";
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
  const told = new Set<number>();
  const unsure = new Set<string>();
  for (const event of eventsNamed(evidence.fund, "PaymentReleased")) {
    const number = Number(event.args.claim);
    const claim = claims.get(number);
    const { reserved, part } = claim ?? {};
    if (!claim || !reserved || !part) {
      checks.skip("paymentApproved", number, "dependsOnFailed");
      unsure.add(event.log.transactionHash);
      continue;
    }
    const payment = { event, claim, reserved, title: part.title };
    checks.faultless("paymentApproved", number, await findApprovalFault(evidence, payment));
    const record = checkRecord(evidence, payment, checks);
    if (record) told.add(record.index);
  }
  checkOnChain(evidence, { told, unsure }, checks);
}

type Payment = { event: Released; claim: Claimed; reserved: Reserved; title: string };

async function findApprovalFault(
  evidence: FundEvidence,
  { event, claim, reserved, title }: Payment,
): Promise<CheckDetail | undefined> {
  const { log, args } = event;
  const call = callOf(evidence, log, ["release"]);
  if (!call.functionName) return call.fault;
  if (args.amount !== claim.amountFen) return "differs";
  if (!isAcceptedAt(evidence, claim.number, event)) return "wrongTime";
  const { plan } = reserved;
  const digest = hashTypedData(
    releaseTypedData(domainOf(evidence), {
      ...{ payee: plan.payee.name, accountTail: plan.payee.accountTail },
      ...{ amountFen: claim.amountFen, title },
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
  const roles = attestations.map(() => "approver" as const);
  return findAttestationFault(evidence, { digest, roles, attestations, log });
}

/** The record that tells of it, if there is one. */
function checkRecord(
  evidence: FundEvidence,
  payment: Payment,
  checks: Checks,
): Placed<"projectPayment"> | undefined {
  const { event, claim, reserved } = payment;
  const transaction = event.log.transactionHash;
  const told = placed(evidence, "projectPayment").find(
    (each) =>
      each.record.transaction === transaction &&
      each.record.project === reserved.project &&
      each.record.milestone === claim.milestone,
  );
  if (!told) {
    checks.skip("paymentRecord", claim.number, "notPublished");
    return undefined;
  }
  const { record } = told;
  const expected = {
    ...{ amount: String(claim.amountFen), payee: reserved.plan.payee, invoice: claim.invoice },
    approvers: event.args.approvers,
  };
  const found = pickSaid(record, expected);
  checks.equal({ name: "paymentRecord", subject: claim.number, expected, found });
  checkEntry(evidence, { record, payment }, checks);
  return told;
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
  const { plan } = payment.reserved;
  const schedule = hash ? scheduleOf(evidence, hash) : undefined;
  const hasScope = evidence.documents.has(plan.scope.sha256 as Hex);
  if (schedule === "missing" || (hash && !hasScope)) {
    checks.skip("paymentShared", subject, "missing");
    return;
  }
  const fault = schedule ? findPlanFault(evidence, schedule, plan) : "no schedule";
  checks.equal({ name: "paymentShared", subject, expected: "", found: fault ?? "" });
}

/** What the loop over the releases found: the records that tell of one, and transactions of which that cannot be said. */
type Told = { told: ReadonlySet<number>; unsure: ReadonlySet<string> };

/** What projects and books tell of are the chain's payments, each told of once. */
function checkOnChain(evidence: FundEvidence, { told, unsure }: Told, checks: Checks): void {
  const payments = placed(evidence, "projectPayment");
  const strays = payments.filter(({ index, record }, i) => {
    const isAgain = payments.slice(0, i).some((one) => one.record.payment === record.payment);
    return isAgain || (!told.has(index) && !unsure.has(record.transaction));
  });
  const found = strays.map(({ record }) => `payment ${record.payment}`).join(" ");
  checks.equal({ name: "paymentOnChain", subject: "projects", expected: "", found });
  const isBooked = ({ source, number }: RecordOf<"entry">): boolean =>
    payments.some(
      ({ record }) => source === `payment ${record.payment}` && number === record.entry,
    );
  const entries = placed(evidence, "entry").filter(
    ({ record }) =>
      record.source?.startsWith("payment ") && isLookedInto(evidence, record) && !isBooked(record),
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
