import type { RecordOf } from "../../../protocol/anchor/record.ts";
import type { Db } from "../../database/client.ts";
import { HARMLESS } from "../report.ts";
import type { Reason } from "../report.ts";

/** What a table's rows are about: a type of record, or something that is kept beside the log. */
const KIND_OF_TABLE: Readonly<Record<string, string>> = {
  ...{ Community: "community", Deployment: "chain", Log: "log", LogNode: "log", Head: "log" },
  ...{ Cosignature: "outside", HeadTimestamp: "outside", Document: "files", files: "files" },
  ...{ Disclosure: "sealed", Officer: "officers", Proposal: "officers", Attestation: "officers" },
  ...{ UnitImport: "roll", Roll: "roll", RollVoter: "roll", RollUnit: "roll", DeskAct: "keys" },
  ...{ Enrolment: "keys", KeyPage: "keys", BoundKey: "keys", Meeting: "meeting" },
  ...{ Extension: "extension", PayeeAccount: "meeting", Talk: "question", Batch: "ballots" },
  ...{ Ballot: "ballots", PaperBallot: "ballots", ChainBlock: "chain", ChainTransaction: "chain" },
  ...{ ChainCall: "chain", ChainIncident: "chain", Setting: "installation" },
  ...{ _prisma_migrations: "installation", database: "installation" },
  ...{ FundBooks: "ledgers", FundEntry: "entry", FundPosting: "entry", FundUnitPosting: "entry" },
  ...{ FundAccount: "ledgers", FundBuilding: "ledgers", FundUnit: "ledgers" },
  ...{ FundSettings: "fundSettings", FundPeriod: "period", FundBalances: "balances" },
  ...{ FundBalanceLeaf: "balances", FundCheck: "booksCheck", FundDraft: "officers" },
  ...{ BankBooks: "ledgers", BankAccount: "bankAccount", BankStatement: "statement" },
  ...{ BankLine: "bankLines", BankReconciliation: "reconciliation", BankSettledEntry: "bankLines" },
  ...{ BankOrganisation: "bankLines", FlagBooks: "flag", FundFlag: "flag" },
  ...{ FundFlagAnswer: "flagAnswer", ProjectBooks: "project", Project: "project" },
  ...{ FundAct: "officers", FundReservation: "projectReservation", FundClaim: "projectClaim" },
  ...{
    FundApproval: "projectPayment",
    ProjectStep: "project",
    ProjectInvoice: "projectInvoice",
    ProjectDocument: "files",
  },
};

const OTHER = "other";

type Integrity = RecordOf<"integrity">;

/** How things of one kind stand. `pending` have no head on chain above them yet, or were on their way. */
interface KindState {
  kind: string;
  /** Whether it is a type of record; else something that is kept beside the log. */
  isRecord: boolean;
  total: number;
  matching: number;
  pending: number;
  mismatching: number;
  missing: number;
  unverifiable: number;
  /** The record that has waited longest for a head on chain. */
  oldestUnanchored: { index: number; at: string } | null;
}

interface TypeCount {
  type: string;
  total: number;
  pending: number;
  oldest: number | null;
  oldestAt: Date | null;
}

/** Every kind with what the last inspection and the log as it stands now say of it. */
export async function listKinds(
  db: Db,
  communityId: string,
  last: Integrity | undefined,
): Promise<KindState[]> {
  const types = await countTypes(db, communityId);
  const states = new Map(types.map((count) => [count.type, toState(count)]));
  if (last) await addInspection(db, { communityId, last, states });
  return [...states.values()].map(settle);
}

function countTypes(db: Db, communityId: string): Promise<TypeCount[]> {
  return db.$queryRaw<TypeCount[]>`
    WITH head AS (
      SELECT COALESCE(max("size"), 0) AS size FROM "Head" WHERE "communityId" = ${communityId} AND "state" = 'anchored')
    SELECT r."type", count(*)::int AS total, (count(*) FILTER (WHERE r."index" >= head.size))::int AS pending,
      min(r."index") FILTER (WHERE r."index" >= head.size) AS oldest,
      min(r."at") FILTER (WHERE r."index" >= head.size) AS "oldestAt"
    FROM "Record" r, head WHERE r."communityId" = ${communityId} GROUP BY r."type" ORDER BY min(r."index")`;
}

const NOTHING = { total: 0, matching: 0, pending: 0, mismatching: 0, missing: 0, unverifiable: 0 };

const toState = ({ type, total, pending, oldest, oldestAt }: TypeCount): KindState => ({
  ...NOTHING,
  ...{ kind: type, isRecord: true, total, pending },
  oldestUnanchored:
    oldest === null || oldestAt === null ? null : { index: oldest, at: oldestAt.toISOString() },
});

interface Step {
  communityId: string;
  last: Integrity;
  states: Map<string, KindState>;
}

async function addInspection(db: Db, { communityId, last, states }: Step): Promise<void> {
  // Of records the log itself says how many there are.
  for (const { table, count } of last.inspected.filter((one) => one.table !== "Record")) {
    const state = stateOf(states, kindOf(table));
    if (!state.isRecord) state.total += count;
  }
  const typeOf = await readTypes(db, communityId, last);
  for (const [[table, name], isMissing] of listRows(last)) {
    const state = stateOf(states, typeOf(table, name) ?? kindOf(table));
    state[isMissing ? "missing" : "mismatching"] += 1;
  }
  last.notInspected.forEach((item) => addLeft(states, item));
}

const kindOf = (table: string): string => KIND_OF_TABLE[table] ?? OTHER;

function stateOf(states: Map<string, KindState>, kind: string): KindState {
  const known = states.get(kind);
  if (known) return known;
  const state = { ...NOTHING, kind, isRecord: false, oldestUnanchored: null };
  states.set(kind, state);
  return state;
}

/** What was not looked at, where that speaks against the rest, or was on its way. */
function addLeft(
  states: Map<string, KindState>,
  { what, why, count }: Integrity["notInspected"][number],
): void {
  const isHarmless = HARMLESS.includes(why as Reason);
  if (isHarmless && why !== "underWay") return;
  const [table = ""] = what.split(/[ .]/);
  const state = stateOf(states, kindOf(table));
  state[why === "underWay" ? "pending" : "unverifiable"] += count ?? 1;
}

/** Every row that something was found about, once, and whether it is missing. */
function listRows({ findings }: Integrity): [[table: string, row: string], boolean][] {
  const rows = new Map<string, [[string, string], boolean]>();
  for (const { kind, table, row } of findings) {
    const isMissing = kind === "missing";
    const key = `${table} ${row}`;
    rows.set(key, [[table, row], isMissing && (rows.get(key)?.[1] ?? true)]);
  }
  return [...rows.values()];
}

/** The type of the record that a row of the log is about. */
async function readTypes(
  db: Db,
  communityId: string,
  { findings }: Integrity,
): Promise<(table: string, row: string) => string | undefined> {
  const indexOf = (table: string, row: string): number | undefined => {
    if (table === "Record" && /^\d+$/.test(row)) return Number(row);
    return table === "LogNode" && /^0\/\d+$/.test(row) ? Number(row.slice(2)) : undefined;
  };
  const named = findings.map(({ table, row }) => indexOf(table, row));
  const index = { in: [...new Set(named.filter((one) => one !== undefined))] };
  const select = { index: true, type: true };
  const records = await db.record.findMany({ where: { communityId, index }, select });
  const types = new Map(records.map((record) => [record.index, record.type]));
  return (table, row) => {
    const at = indexOf(table, row);
    return at === undefined ? undefined : types.get(at);
  };
}

function settle(state: KindState): KindState {
  const { total, pending, mismatching, unverifiable } = state;
  return { ...state, matching: Math.max(0, total - pending - mismatching - unverifiable) };
}
