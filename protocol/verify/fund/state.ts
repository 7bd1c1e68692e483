import { concat, keccak256, slice } from "viem";
import { FUNDS } from "../../anchor/record/kinds.ts";
import { compareLogs, eventsNamed } from "../events.ts";
import { timeOf } from "../evidence.ts";
import type { Checks } from "../report.ts";
import { checkState } from "../state/state.ts";
import {
  type Expected,
  type WantedValue,
  want,
  wantAnchor,
  wantOfficers,
} from "../state/wanted.ts";
import { FIRST_RULES, accountEvents } from "./accountEvents.ts";
import type { FundEvidence } from "./evidence.ts";
import type { FundLog } from "./fundLog.ts";

/** What a reservation binds, where its plan and contract could be told. */
export type ReservedFigures = { fund: number; amountFen: bigint; approvals: number; parts: number };

/** Reservations by number; empty where only places in the state are asked for. */
export type KnownReservations = ReadonlyMap<number, ReservedFigures>;

type Reserve = FundLog<"MotionReserved"> | FundLog<"EmergencyReserved">;

function reservesOf({ fund }: FundEvidence): Reserve[] {
  return fund.filter(
    (event): event is Reserve =>
      event.eventName === "MotionReserved" || event.eventName === "EmergencyReserved",
  );
}

/** What became of a claim: `gone` was rejected or taken back. */
type Fate = "submitted" | "accepted" | "paid" | "gone";

function fateOf({ fund }: FundEvidence, claim: bigint): Fate {
  let fate: Fate = "submitted";
  const own = fund.filter((event) => (event.args as { claim?: bigint }).claim === claim);
  for (const event of own.toSorted((a, b) => compareLogs(a.log, b.log))) {
    if (event.eventName === "ClaimJudged") fate = event.args.isAccepted ? "accepted" : "gone";
    else if (event.eventName === "ClaimWithdrawn") fate = "gone";
    else if (event.eventName === "PaymentReleased") fate = "paid";
  }
  return fate;
}

/** What is committed of a fund: what was reserved, less what settlements freed. */
function sumCommitted(
  evidence: FundEvidence,
  { known, fund }: { known: KnownReservations; fund: number },
): bigint | undefined {
  let sum = 0n;
  for (const { args } of reservesOf(evidence)) {
    const figures = known.get(Number(args.reservation));
    if (!figures) return undefined;
    if (figures.fund !== fund) continue;
    const settled = settlementOf(evidence, args.reservation);
    sum += figures.amountFen - (settled?.freed ?? 0n);
  }
  return sum;
}

function settlementOf({ fund }: FundEvidence, reservation: bigint) {
  return eventsNamed(fund, "ReservationSettled").find(
    ({ args }) => args.reservation === reservation,
  )?.args;
}

function wantAccounts(evidence: FundEvidence, known: KnownReservations): WantedValue[] {
  return [...FUNDS.keys()].flatMap((fund) => {
    const events = accountEvents(evidence, fund);
    const credited = eventsNamed(events, "FundCredited").at(-1)?.args.credited ?? 0n;
    const rules = eventsNamed(events, "RulesSet").at(-1)?.args.rules ?? FIRST_RULES;
    const { approvals, overrunBasisPoints } = rules;
    // Of a project or a period not every reservation is there.
    const committed = evidence.chosen ? {} : { committed: sumCommitted(evidence, { known, fund }) };
    const fields = { credited, approvals, overrunBasisPoints, ...committed };
    const path = ["_accounts", BigInt(fund)] as const;
    return [
      ...Object.entries(fields).map(([field, value]) => want("fund", [...path, field], value)),
      want("fund", ["_nonces", BigInt(fund)], events.length),
    ];
  });
}

function wantReservation(
  evidence: FundEvidence,
  { args }: Reserve,
  figures: ReservedFigures | undefined,
): WantedValue[] {
  const { reservation, plan, milestones } = args;
  const claims = eventsNamed(evidence.fund, "ClaimSubmitted").filter(
    (event) => event.args.reservation === reservation,
  );
  const accepted = claims
    .filter((event) => ["accepted", "paid"].includes(fateOf(evidence, event.args.claim)))
    .reduce((sum, event) => sum + event.args.amount, 0n);
  const settled = settlementOf(evidence, reservation);
  const fields: Record<string, Expected> = {
    amount: settled?.paid ?? figures?.amountFen,
    accepted,
    fund: figures?.fund,
    approvals: figures?.approvals,
    milestones: figures?.parts,
    isSettled: settled !== undefined,
    terms: keccak256(concat([plan, milestones])),
  };
  const path = ["_reservations", reservation] as const;
  return Object.entries(fields).map(([field, value]) => want("fund", [...path, field], value));
}

function wantClaim(
  evidence: FundEvidence,
  { args }: FundLog<"ClaimSubmitted">,
  figures: ReservedFigures | undefined,
): WantedValue[] {
  const { claim, author, amount } = args;
  const fate = fateOf(evidence, claim);
  const waits = fate === "submitted" || fate === "accepted";
  const fields: Record<string, Expected> = {
    author: waits ? slice(author, 0, 20) : 0n,
    amount: waits ? amount : 0n,
    approvals: waits ? figures?.approvals : 0n,
    isAccepted: fate === "accepted",
    ...(waits ? {} : { release: 0n }),
  };
  const path = ["_claims", claim] as const;
  return Object.entries(fields).map(([field, value]) => want("fund", [...path, field], value));
}

/** Which claim stands for each milestone and each invoice: the last one that did not fall. */
function wantClaimed(evidence: FundEvidence): WantedValue[] {
  const places = new Map<string, WantedValue>();
  for (const { args } of eventsNamed(evidence.fund, "ClaimSubmitted")) {
    const { reservation, milestone, invoice, claim } = args;
    const isGone = fateOf(evidence, claim) === "gone";
    // What fell may have been used again by a project that is not looked at.
    const freed = evidence.chosen ? undefined : 0n;
    const values = [
      want("fund", ["_claimOf", reservation, milestone], isGone ? 0n : claim),
      want("fund", ["_invoices", { key: invoice }], isGone ? freed : claim),
    ];
    for (const value of values) places.set(value.place.slot, value);
  }
  return [...places.values()];
}

/** The meetings that decided: their plans, and when they were concluded. */
function wantMeetings(evidence: FundEvidence): WantedValue[] {
  const { assembly } = evidence;
  return eventsNamed(assembly, "MeetingConvened").flatMap(({ args }) => {
    const { meeting, convocation } = args;
    const concluded = eventsNamed(assembly, "MeetingConcluded").find(
      (event) => event.args.meeting === meeting,
    );
    const time = concluded ? timeOf(evidence, concluded.log) : 0;
    return [
      want("assembly", ["_polls", meeting, "meeting", "concludedAt"], time),
      ...convocation.plans.map((plan, motion) =>
        want("assembly", ["_polls", meeting, "plans", BigInt(motion)], plan),
      ),
    ];
  });
}

/** What the contracts must hold after the events that are known. */
export function wantedFund(
  evidence: FundEvidence,
  known: KnownReservations = new Map(),
): WantedValue[] {
  const reserves = reservesOf(evidence);
  const claims = eventsNamed(evidence.fund, "ClaimSubmitted");
  const counts: WantedValue[] = evidence.chosen
    ? []
    : [
        want("fund", ["_reservationCount"], reserves.length),
        want("fund", ["_claimCount"], claims.length),
      ];
  return [
    ...wantAnchor(evidence),
    ...wantOfficers(evidence),
    ...wantMeetings(evidence),
    ...counts,
    ...wantAccounts(evidence, known),
    ...reserves.flatMap((event) =>
      wantReservation(evidence, event, known.get(Number(event.args.reservation))),
    ),
    ...eventsNamed(reserves, "MotionReserved").map(({ args }) =>
      want("fund", ["_ofMotion", args.meeting, args.motion], args.reservation),
    ),
    ...claims.flatMap((event) =>
      wantClaim(evidence, event, known.get(Number(event.args.reservation))),
    ),
    ...wantClaimed(evidence),
  ];
}

const CONTRACTS = ["registry", "anchor", "assembly", "fund"] as const;

/** The state that the last block commits to is the one that follows from the events. */
export function checkFundState(
  evidence: FundEvidence,
  known: KnownReservations,
  checks: Checks,
): Promise<void> {
  return checkState({ ...evidence, contracts: CONTRACTS }, wantedFund(evidence, known), checks);
}
