import type { Hex } from "viem";
import { canonicalBytes } from "../../../protocol/anchor/json.ts";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { buildingNodesSchema } from "../../../protocol/anchor/record/fund.ts";
import { balancesTree, buildUnitTree } from "../../../protocol/fund/unitTree.ts";
import type { UnitTree } from "../../../protocol/fund/unitTree.ts";
import { toInstant } from "../../clock.ts";
import type { Db, Tx } from "../../database/client.ts";
import { DomainError } from "../../http/errors.ts";
import { publishEvent } from "../../http/events.ts";
import type { FundContext } from "../context.ts";
import { compareBank } from "./bank.ts";
import type { Origin } from "./enter.ts";
import { sumFigures, toList, toSums } from "./figures.ts";
import type { UnitState } from "./figures.ts";
import { lockBooks, toDay } from "./lock.ts";
import { BooksBroken } from "./move.ts";
import { today } from "./today.ts";
import { syncUnits } from "./units.ts";

export interface BalancesInput extends Origin {
  date: string;
}

type BalancesRecord = RecordOf<"balances">;

/**
 * Publishes every unit's figures of a day under one sum tree's root, which must say what the ledger says, beside what the
 * bank's statements of that day say. Returns its number.
 */
export async function publishBalances(
  context: FundContext,
  tx: Tx,
  { communityId, date }: BalancesInput,
): Promise<number> {
  const last = today(context.clock);
  if (date > last) throw new DomainError("EntryDateAhead", { today: last });
  const books = await lockBooks(tx, communityId);
  await syncUnits(context, tx, books);
  const { lastEntry } = books;
  const number = books.lastBalances + 1;
  const states = await sumFigures(tx, communityId, { date, lastEntry });
  if (states.length === 0) throw new DomainError("ScopeEmpty");
  const tree = await toTree(tx, { communityId, number, states });
  const ledger = await sumLedger(tx, communityId, { date, lastEntry });
  requireAgreement(tree, ledger);
  const bank = await compareBank(tx, { communityId, date, ledgerFen: ledger.bank });
  const buildings = await putBuildings(context, tx, { communityId, number, tree });
  const record = toRecord({ communityId, number, date, lastEntry, tree, buildings, ledger, bank });
  await store(context, tx, { record, states });
  return number;
}

async function toTree(
  db: Db | Tx,
  { communityId, number, states }: { communityId: string; number: number; states: UnitState[] },
): Promise<UnitTree> {
  const rows = await db.fundUnit.findMany({
    where: { communityId },
    select: { unit: true, salt: true },
  });
  const salts = new Map(rows.map(({ unit, salt }) => [unit, salt as Hex]));
  const leaves = states.map((state) => {
    const { unit, building } = state;
    return { unit, building, salt: salts.get(unit)!, figures: toList(state) };
  });
  return buildUnitTree(balancesTree(communityId, number), leaves);
}

interface Ledger {
  owners: bigint;
  bank: bigint;
  investments: bigint;
}

/** The maintenance fund's accounts on a day. */
async function sumLedger(
  db: Db | Tx,
  communityId: string,
  { date, lastEntry }: { date: string; lastEntry: number },
): Promise<Ledger> {
  const rows = await db.$queryRaw<{ account: string; fen: bigint }[]>`
    SELECT p."account", sum(p."amountFen")::bigint AS fen
    FROM "FundPosting" p JOIN "FundEntry" e USING ("communityId", "number")
    WHERE p."communityId" = ${communityId} AND e."fund" = 'maintenance'
      AND e."date" <= ${toDay(date)} AND e."number" <= ${lastEntry}
    GROUP BY p."account"`;
  const of = (account: string): bigint =>
    rows.find((row) => row.account === `maintenance:${account}`)?.fen ?? 0n;
  return { owners: -of("owners"), bank: of("bank"), investments: of("investments") };
}

/** What the units have is what the owners have together, and lies at the bank or in investments. */
function requireAgreement({ root }: UnitTree, ledger: Ledger): void {
  const [, , , balance, owed] = root.sums as [bigint, bigint, bigint, bigint, bigint];
  const total = balance - owed;
  if (total === ledger.owners && total === ledger.bank + ledger.investments) return;
  throw new BooksBroken(`units have ${total}, the ledger says ${ledger.owners}`);
}

/** Of several hundred buildings a record would be too long, so they are a document. */
async function putBuildings(
  { anchor }: FundContext,
  tx: Tx,
  { communityId, number, tree }: { communityId: string; number: number; tree: UnitTree },
): Promise<string> {
  const nodes = tree.buildings.map(({ building, count, hash, sums }) => {
    return { building, count, root: hash, sums: toSums(sums) };
  });
  const bytes = canonicalBytes(buildingNodesSchema.parse(nodes));
  const name = `balances-${number}-buildings.json`;
  const document = { communityId, name, mediaType: "application/json", bytes };
  return (await anchor.putDocument(tx, document)).sha256;
}

interface Parts {
  communityId: string;
  number: number;
  date: string;
  lastEntry: number;
  tree: UnitTree;
  buildings: string;
  ledger: Ledger;
  bank: BalancesRecord["bank"];
}

const toRecord = ({ communityId, tree, ledger, ...rest }: Parts): Omit<BalancesRecord, "at"> => ({
  v: 1,
  type: "balances",
  community: communityId,
  ...rest,
  count: tree.count,
  root: tree.root.hash,
  sums: toSums(tree.root.sums),
  ledger: {
    owners: String(ledger.owners),
    bank: String(ledger.bank),
    investments: String(ledger.investments),
  },
});

async function store(
  { anchor, clock }: FundContext,
  tx: Tx,
  { record, states }: { record: Omit<BalancesRecord, "at">; states: UnitState[] },
): Promise<void> {
  const { community: communityId, number, date, lastEntry, root } = record;
  const now = clock.now();
  const { index } = await anchor.append(tx, communityId, { ...record, at: toInstant(now) });
  const day = toDay(date);
  const row = { communityId, number, date: day, lastEntry, root, recordIndex: index };
  await tx.fundBalances.create({ data: { ...row, publishedAt: now } });
  await storeLeaves(tx, { communityId, number, states });
  await tx.fundBooks.update({ where: { communityId }, data: { lastBalances: number } });
  await publishEvent(tx, communityId, { type: "balances", data: { number } });
}

/** One statement, because there may be tens of thousands. */
async function storeLeaves(
  tx: Tx,
  { communityId, number, states }: { communityId: string; number: number; states: UnitState[] },
): Promise<void> {
  const texts = (read: (state: UnitState) => bigint | string): string[] =>
    states.map((state) => String(read(state)));
  await tx.$executeRaw`
    INSERT INTO "FundBalanceLeaf" ("communityId", "number", "unit", "building",
      "depositedFen", "gainedFen", "usedFen", "balanceFen", "owedFen")
    SELECT ${communityId}, ${number}::int, * FROM unnest(
      ${texts(({ unit }) => unit)}::text[], ${texts(({ building }) => building)}::text[],
      ${texts(({ deposited }) => deposited)}::text[]::bigint[],
      ${texts(({ gained }) => gained)}::text[]::bigint[],
      ${texts(({ used }) => used)}::text[]::bigint[],
      ${texts(({ balance }) => balance)}::text[]::bigint[],
      ${texts(({ owed }) => owed)}::text[]::bigint[])`;
}
