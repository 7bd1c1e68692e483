import { type Hex, hashTypedData, keccak256 } from "viem";
import { judgeTypedData, submitTypedData, withdrawTypedData } from "../../fund/messages.ts";
import { compareLogs, eventsNamed } from "../events.ts";
import { findAttestationFault } from "../officers.ts";
import type { Milestone } from "../../fund/terms.ts";
import type { CheckDetail, Checks } from "../report.ts";
import { callOf, domainOf, findActFault, pickSaid, saidBy } from "./acts.ts";
import type { FundEvidence } from "./evidence.ts";
import type { FundLog } from "./fundLog.ts";
import type { Reserved } from "./reservations.ts";

/** A claim as the chain has it, with its reservation where that could be told. */
export type Claimed = {
  number: number;
  reservation: number;
  milestone: number;
  amountFen: bigint;
  invoice: Hex;
  author: Hex;
  reserved: Reserved | undefined;
  /** Its milestone; undefined where the contract has none of that number, too. */
  part: Milestone | undefined;
};

type Judged = FundLog<"ClaimJudged">;
type Withdrawn = FundLog<"ClaimWithdrawn">;

/** Claims within their milestones, signed for by their authors, and judged by two others. Gives all of them. */
export async function checkClaims(
  evidence: FundEvidence,
  reservations: ReadonlyMap<number, Reserved>,
  checks: Checks,
): Promise<Map<number, Claimed>> {
  const claims = new Map<number, Claimed>();
  for (const event of eventsNamed(evidence.fund, "ClaimSubmitted")) {
    const { args } = event;
    const reservation = Number(args.reservation);
    const milestone = Number(args.milestone);
    const reserved = reservations.get(reservation);
    const claim = {
      ...{ number: Number(args.claim), reservation, milestone },
      ...{ amountFen: args.amount, invoice: args.invoice, author: args.author },
      ...{ reserved, part: reserved?.milestones[milestone] },
    };
    claims.set(claim.number, claim);
    await checkSubmitted(evidence, { event, claim }, checks);
  }
  for (const event of evidence.fund) {
    if (event.eventName !== "ClaimJudged" && event.eventName !== "ClaimWithdrawn") continue;
    const claim = claims.get(Number(event.args.claim));
    if (claim) await checkAct(evidence, { event, claim }, checks);
  }
  return claims;
}

async function checkSubmitted(
  evidence: FundEvidence,
  { event, claim }: { event: FundLog<"ClaimSubmitted">; claim: Claimed },
  checks: Checks,
): Promise<void> {
  const { number, milestone, amountFen, invoice, reserved, part } = claim;
  if (!reserved || !part) {
    for (const name of ["claimAttested", "claimInvoice"] as const) {
      checks.skip(name, number, "dependsOnFailed");
    }
    return;
  }
  checks.faultless("claimAttested", number, await findSubmitFault(evidence, event, part.title));
  const expected = {
    ...{ type: "projectInvoice", project: reserved.project, milestone },
    ...{ amount: String(amountFen), sha256: invoice },
  };
  const found = pickSaid(saidBy(evidence, event.args.record), expected);
  checks.equal({ name: "claimInvoice", subject: number, expected, found });
  const limit = { expected: `at most ${part.amountFen}`, found: amountFen };
  checks.that(amountFen <= part.amountFen, { name: "claimAmount", subject: number, ...limit });
}

async function findSubmitFault(
  evidence: FundEvidence,
  { args, log }: FundLog<"ClaimSubmitted">,
  title: string,
): Promise<CheckDetail | undefined> {
  const call = callOf(evidence, log, ["submit"]);
  if (!call.functionName) return call.fault;
  const attestation = call.args[3];
  if (keccak256(attestation.signer) !== args.author) return "wrongAuthority";
  const { claim, reservation, milestone, amount, invoice, record } = args;
  const message = { claim, reservation, milestone, title, amountFen: amount, invoice, record };
  const digest = hashTypedData(submitTypedData(domainOf(evidence), message));
  return findAttestationFault(evidence, {
    ...{ digest, roles: ["committee"], attestations: [attestation], log },
  });
}

const RECORDS = { ClaimJudged: "projectAcceptance", ClaimWithdrawn: "projectWithdrawal" } as const;

/** Two officers, neither of them the author, signed for the record that says so. */
async function checkAct(
  evidence: FundEvidence,
  { event, claim }: { event: Judged | Withdrawn; claim: Claimed },
  checks: Checks,
): Promise<void> {
  const name = event.eventName === "ClaimJudged" ? "claimJudged" : "claimWithdrawn";
  checks.faultless(name, claim.number, await findJudgeFault(evidence, { event, claim }));
  const { reserved, milestone } = claim;
  if (!reserved) return;
  const verdict = event.eventName === "ClaimJudged" ? { accepted: event.args.isAccepted } : {};
  const expected = {
    ...{ type: RECORDS[event.eventName], project: reserved.project, milestone },
    ...verdict,
  };
  const found = pickSaid(saidBy(evidence, event.args.record), expected);
  checks.equal({ name: "claimRecord", subject: claim.number, expected, found });
}

async function findJudgeFault(
  evidence: FundEvidence,
  { event, claim }: { event: Judged | Withdrawn; claim: Claimed },
): Promise<CheckDetail | undefined> {
  const { log } = event;
  const { amountFen, invoice, author } = claim;
  const common = { claim: event.args.claim, amountFen, invoice, record: event.args.record };
  const domain = domainOf(evidence);
  if (event.eventName === "ClaimJudged") {
    const call = callOf(evidence, log, ["judge"]);
    if (!call.functionName) return call.fault;
    const [, isAccepted, , attestations] = call.args;
    const typedData = judgeTypedData(domain, { ...common, isAccepted });
    if (isAccepted !== event.args.isAccepted) return "malformed";
    if (attestations.some(({ signer }) => keccak256(signer) === author)) return "wrongAuthority";
    return findActFault(evidence, { typedData, attestations, log });
  }
  const call = callOf(evidence, log, ["withdraw"]);
  if (!call.functionName) return call.fault;
  const attestations = call.args[2];
  if (attestations.some(({ signer }) => keccak256(signer) === author)) return "wrongAuthority";
  return findActFault(evidence, {
    typedData: withdrawTypedData(domain, common),
    attestations,
    log,
  });
}

/** Whether a claim stood accepted, and was not paid yet, when the event happened. */
export function isAcceptedAt(
  evidence: FundEvidence,
  claim: number,
  event: FundLog<"PaymentReleased">,
) {
  const before = evidence.fund.filter(
    (each): each is Judged | Withdrawn | FundLog<"PaymentReleased"> =>
      (each.eventName === "ClaimJudged" ||
        each.eventName === "ClaimWithdrawn" ||
        each.eventName === "PaymentReleased") &&
      Number(each.args.claim) === claim &&
      compareLogs(each.log, event.log) < 0,
  );
  const last = before.at(-1);
  return last?.eventName === "ClaimJudged" && last.args.isAccepted;
}
