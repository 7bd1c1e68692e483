import { EMERGENCY_GROUNDS, FUNDS } from "../../anchor/record/kinds.ts";
import { OUTCOMES } from "../../anchor/record/assembly.ts";
import { type UsePlan, allowsPlan, payeeHash, planHash, planTerms } from "../../assembly/plan.ts";
import { reserveEmergencyTypedData, reserveTypedData } from "../../fund/messages.ts";
import { type Milestone, budgetLimit, milestonesHash } from "../../fund/terms.ts";
import { eventsNamed } from "../events.ts";
import type { CheckDetail, Checks } from "../report.ts";
import { rulesAt } from "./accounts.ts";
import { callOf, domainOf, findActFault } from "./acts.ts";
import { placed } from "./books.ts";
import type { FundEvidence } from "./evidence.ts";
import type { FundLog } from "./fundLog.ts";

type MotionReserved = FundLog<"MotionReserved">;
type EmergencyReserved = FundLog<"EmergencyReserved">;
type Event = MotionReserved | EmergencyReserved;

/** A reservation with what it binds, as far as the records tell it. */
export type Reserved = {
  number: number;
  plan: UsePlan;
  milestones: readonly Milestone[];
  project: number;
  approvals: number;
};

/** What a decision says: its plan, and whether it was taken. */
type Decision = { plan: UsePlan | undefined; decided: Record<string, unknown> };

const DECIDED = { adopted: true, isFinal: true, itemAllows: true };
const ATTESTED = { ground: true, fundAllows: true };
/** What the contract's record says of itself: the chain knows of it no more than the milestones. */
const CONTRACTED = { payee: true, amount: true };

/**
 * Money is set aside for what was decided and for nothing else: an adopted and final motion's plan, or an emergency's
 * record, with the milestones of the contract, within the budget, signed for. Gives the reservations that can be told.
 */
export async function checkReservations(
  evidence: FundEvidence,
  checks: Checks,
): Promise<Map<number, Reserved>> {
  const found = new Map<number, Reserved>();
  const events = evidence.fund.filter(
    (event): event is Event =>
      event.eventName === "MotionReserved" || event.eventName === "EmergencyReserved",
  );
  for (const event of events) {
    const number = Number(event.args.reservation);
    const reserved = checkDecided(evidence, event, checks);
    if (!reserved) {
      checks.skip("reserveAttested", number, "dependsOnFailed");
      continue;
    }
    found.set(number, reserved);
    checks.faultless("reserveAttested", number, await findFault(evidence, event, reserved));
    checkRecord(evidence, { event, reserved }, checks);
  }
  return found;
}

const sumOf = (milestones: readonly Milestone[]): bigint =>
  milestones.reduce((sum, { amountFen }) => sum + amountFen, 0n);

function checkDecided(evidence: FundEvidence, event: Event, checks: Checks): Reserved | undefined {
  const { reservation, plan: planned, milestones: parts } = event.args;
  const isMotion = event.eventName === "MotionReserved";
  const { plan, decided } = isMotion ? findMotion(evidence, event) : findEmergency(evidence, event);
  const contract = findContract(evidence, event);
  const milestones = contract?.milestones ?? [];
  const hash = plan && planHash(planTerms(plan));
  const hashes = { plan: planned, milestones: parts };
  const expected = { ...hashes, ...CONTRACTED, ...(isMotion ? DECIDED : ATTESTED) };
  const found = {
    ...{ plan: hash, milestones: contract && milestonesHash(milestones) },
    ...contractSays(contract, plan),
    ...decided,
  };
  const subject = Number(reservation);
  const passed = checks.equal({ name: "reserveDecided", subject, expected, found });
  if (!passed || !plan || !contract) return undefined;
  const rules = rulesAt(evidence, FUNDS.indexOf(plan.fund), event.log);
  const limit = budgetLimit(BigInt(plan.budget), rules.overrunBasisPoints);
  const amount = sumOf(milestones);
  const within = { expected: `at most ${limit}`, found: amount };
  checks.that(amount <= limit, { name: "reserveBudget", subject, ...within });
  const { approvals } = rules;
  return { number: subject, plan, milestones, project: contract.project, approvals };
}

/** The plan that the convocation names, and what became of the motion by the block of the reservation. */
function findMotion(evidence: FundEvidence, { args, log }: MotionReserved): Decision {
  const { meeting, motion } = args;
  const isHere = (event: { args: { meeting: bigint } }): boolean => event.args.meeting === meeting;
  const convened = eventsNamed(evidence.assembly, "MeetingConvened").find(isHere);
  const decided = eventsNamed(evidence.assembly, "MotionDecided").find(
    (event) => isHere(event) && event.args.motion === motion,
  );
  const concluded = eventsNamed(evidence.assembly, "MeetingConcluded").find(isHere);
  const leaf = convened?.args.convocation.record;
  const record = placed(evidence, "meeting").find((entry) => entry.leaf === leaf)?.record;
  const plan = record?.motions[Number(motion)]?.plan;
  const item = convened?.args.convocation.items[Number(motion)] ?? 0;
  const time = evidence.blocks.get(log.blockNumber)?.timestamp ?? 0;
  return {
    plan,
    decided: {
      adopted: decided !== undefined && OUTCOMES[decided.args.outcome] === "Adopted",
      isFinal: concluded !== undefined && Number(concluded.args.finalAt) <= time,
      itemAllows: plan !== undefined && allowsPlan(item, plan.fund),
    },
  };
}

/** The record that both officers signed for. */
function findEmergency(evidence: FundEvidence, { args }: EmergencyReserved): Decision {
  const found = placed(evidence, "projectEmergency").find(({ leaf }) => leaf === args.record);
  const project = placed(evidence, "project").find(
    ({ record }) => record.project === found?.record.project,
  );
  const ground = EMERGENCY_GROUNDS[args.ground];
  const plan = found?.record.plan;
  return {
    plan,
    decided: {
      ground: ground !== undefined && project?.record.ground === ground,
      fundAllows: plan?.fund === "maintenance",
    },
  };
}

/** The contract whose milestones were reserved. */
function findContract(evidence: FundEvidence, event: Event) {
  const emergency = placed(evidence, "projectEmergency").find(
    ({ leaf }) => leaf === event.args.record,
  );
  const isIts = ({ leaf, record }: ReturnType<typeof contractsOf>[number]): boolean =>
    emergency ? record.project === emergency.record.project : leaf === event.args.record;
  for (const { record } of contractsOf(evidence).filter(isIts)) {
    const milestones = record.milestones.map(({ title, amount }) => {
      return { title, amountFen: BigInt(amount) };
    });
    if (milestonesHash(milestones) === event.args.milestones) {
      const { project, payee, amount } = record;
      return { project, payee, amount, milestones };
    }
  }
  return undefined;
}

/** Whether a contract is with whom the plan pays, for the sum of its milestones. */
function contractSays(
  contract: ReturnType<typeof findContract>,
  plan: UsePlan | undefined,
): Record<keyof typeof CONTRACTED, boolean> {
  if (!contract || !plan) return { payee: false, amount: false };
  return {
    payee: payeeHash(contract.payee) === payeeHash(plan.payee),
    amount: BigInt(contract.amount) === sumOf(contract.milestones),
  };
}

const contractsOf = (evidence: FundEvidence) => placed(evidence, "projectContract");

async function findFault(
  evidence: FundEvidence,
  event: Event,
  { plan, milestones }: Reserved,
): Promise<CheckDetail | undefined> {
  const { reservation, record } = event.args;
  const decided = {
    ...{ reservation, record, payee: plan.payee.name, amountFen: sumOf(milestones) },
    ...{ plan: event.args.plan, milestones: event.args.milestones },
  };
  const domain = domainOf(evidence);
  if (event.eventName === "MotionReserved") {
    const call = callOf(evidence, event.log, ["reserve"]);
    if (!call.functionName) return call.fault;
    const { meeting, motion } = event.args;
    const typedData = reserveTypedData(domain, { ...decided, meeting, motion });
    return findActFault(evidence, { typedData, attestations: call.args[3], log: event.log });
  }
  const call = callOf(evidence, event.log, ["reserveEmergency"]);
  if (!call.functionName) return call.fault;
  const { ground } = event.args;
  const typedData = reserveEmergencyTypedData(domain, { ...decided, ground });
  return findActFault(evidence, { typedData, attestations: call.args[3], log: event.log });
}

/** The step of the project that tells of it. */
function checkRecord(
  { records }: FundEvidence,
  { event, reserved }: { event: Event; reserved: Reserved },
  checks: Checks,
): void {
  const { number, milestones, project, approvals } = reserved;
  const said = records
    .map(({ record }) => record as { type?: string; reservation?: number } | undefined)
    .find((each) => each?.type === "projectReservation" && each.reservation === number);
  const transaction = event.log.transactionHash;
  const expected = { project, amount: String(sumOf(milestones)), approvals, transaction };
  if (!said) return void checks.skip("reserveRecord", number, "notPublished");
  const found = Object.fromEntries(
    Object.keys(expected).map((name) => [name, (said as Record<string, unknown>)[name]]),
  );
  checks.equal({ name: "reserveRecord", subject: number, expected, found });
}
