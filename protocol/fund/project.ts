import type { PublishedRecord, RecordOf } from "../anchor/record.ts";
import type { UsePlan } from "../assembly/plan.ts";

// What the records of a repair project say together.

/** Any record of a project. */
export type ProjectRecord = Extract<PublishedRecord, { project: number; date: string }>;

/** Every type of them. */
export type ProjectRecordType = ProjectRecord["type"];

/** A part of the contract and what became of it. `accepted` is null while nobody has judged it, or a claim was taken back. */
export type MilestoneState = {
  title: string;
  amountFen: bigint;
  accepted: boolean | null;
  invoices: number;
  paidFen: bigint;
};

/** A project as its records have it so far. */
export type ProjectState = {
  project: RecordOf<"project">;
  /** The motion that decides on it; its outcome and plan stand elsewhere. */
  vote: RecordOf<"projectVote"> | undefined;
  /** The plan of an emergency; the last one stands. */
  emergencyPlan: UsePlan | undefined;
  quotes: RecordOf<"projectQuote">[];
  /** The last one stands. */
  contract: RecordOf<"projectContract"> | undefined;
  contracts: number;
  milestones: MilestoneState[];
  /** What was set aside on chain. */
  reservation: RecordOf<"projectReservation"> | undefined;
  payments: RecordOf<"projectPayment">[];
  paidFen: bigint;
  audits: number;
  /** Entries that were put before the owners after an emergency. */
  publishedEntries: ReadonlySet<number>;
  settlement: RecordOf<"projectSettlement"> | undefined;
  /** Days on which it was first contracted and on which work began; null before. */
  contractedOn: string | null;
  startedOn: string | null;
};

/** Reads a project's records, in the order of the log; undefined where it does not begin with a project. */
export function readProject(records: readonly ProjectRecord[]): ProjectState | undefined {
  const select = <Type extends ProjectRecordType>(type: Type): RecordOf<Type>[] =>
    records.filter((record): record is RecordOf<Type> => record.type === type);
  const [project] = select("project");
  if (!project) return undefined;
  const contracts = select("projectContract");
  const payments = select("projectPayment");
  const firstDay = (days: readonly { date: string }[]): string | null =>
    days.map(({ date }) => date).toSorted()[0] ?? null;
  return {
    project,
    vote: select("projectVote").at(-1),
    emergencyPlan: select("projectEmergency").at(-1)?.plan,
    quotes: select("projectQuote"),
    contract: contracts.at(-1),
    contracts: contracts.length,
    milestones: readMilestones(contracts.at(-1), {
      judgements: records.filter(isJudgement),
      invoices: select("projectInvoice"),
      payments,
    }),
    reservation: select("projectReservation").at(-1),
    payments,
    paidFen: sumOf(payments),
    audits: select("projectAudit").length,
    publishedEntries: new Set(select("projectPublication").flatMap(({ entries }) => entries)),
    settlement: select("projectSettlement").at(-1),
    contractedOn: firstDay(contracts),
    startedOn: firstDay(select("projectWork")),
  };
}

type Judgement = RecordOf<"projectAcceptance" | "projectWithdrawal">;

const isJudgement = (record: ProjectRecord): record is Judgement =>
  record.type === "projectAcceptance" || record.type === "projectWithdrawal";

type Steps = {
  judgements: readonly Judgement[];
  invoices: readonly RecordOf<"projectInvoice">[];
  payments: readonly RecordOf<"projectPayment">[];
};

function readMilestones(
  contract: RecordOf<"projectContract"> | undefined,
  { judgements, invoices, payments }: Steps,
): MilestoneState[] {
  return (contract?.milestones ?? []).map(({ title, amount }, i) => {
    const isOwn = ({ milestone }: { milestone: number }): boolean => milestone === i;
    const last = judgements.findLast(isOwn);
    return {
      title,
      amountFen: BigInt(amount),
      accepted: last?.type === "projectAcceptance" ? last.accepted : null,
      invoices: invoices.filter(isOwn).length,
      paidFen: sumOf(payments.filter(isOwn)),
    };
  });
}

const sumOf = (amounts: readonly { amount: string }[]): bigint =>
  amounts.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
