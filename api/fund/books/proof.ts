import type { Hex } from "viem";
import type { UnitPosting } from "../../../protocol/fund/entry.ts";
import type { SumStep } from "../../../protocol/fund/sumTree.ts";
import { balancesTree, buildUnitTree, entryTree } from "../../../protocol/fund/unitTree.ts";
import type { UnitFigures, UnitTree } from "../../../protocol/fund/unitTree.ts";
import type { Db, Tx } from "../../database/client.ts";
import { toList } from "./figures.ts";

/** How a unit's figures lead to a published root; amounts are decimal texts of fen. */
export interface UnitProof {
  tree: string;
  salt: Hex;
  figures: string[];
  root: Hex;
  steps: { side: "left" | "right"; hash: Hex; sums: string[] }[];
}

/** For a unit that somebody took out of the books: its leaf then proves nothing. */
const NO_SALT: Hex = `0x${"0".repeat(64)}`;

const TREES_KEPT = 8;
const trees = new Map<string, { leaves: Map<string, UnitFigures>; tree: UnitTree }>();

/** What is published never changes, and a large community's tree takes a while. */
async function getTree(name: string, read: () => Promise<UnitFigures[]>) {
  const known = trees.get(name);
  if (known) return known;
  const leaves = await read();
  const built = {
    tree: buildUnitTree(name, leaves),
    leaves: new Map(leaves.map((leaf) => [leaf.unit, leaf])),
  };
  const [oldest] = trees.keys();
  if (oldest !== undefined && trees.size >= TREES_KEPT) trees.delete(oldest);
  trees.set(name, built);
  return built;
}

async function prove(
  name: string,
  unit: string,
  read: () => Promise<UnitFigures[]>,
): Promise<UnitProof | undefined> {
  const { tree, leaves } = await getTree(name, read);
  const leaf = leaves.get(unit);
  if (!leaf) return undefined;
  return {
    tree: name,
    salt: leaf.salt,
    figures: leaf.figures.map(String),
    root: tree.root.hash,
    steps: tree.prove(unit).map(toStep),
  };
}

const toStep = ({ side, hash, sums }: SumStep) => ({ side, hash, sums: sums.map(String) });

export interface ProofQuery {
  communityId: string;
  number: number;
  unit: string;
}

/** A unit's figures in published balances; undefined where it has no leaf there. */
export function proveBalance(
  db: Db,
  { communityId, number, unit }: ProofQuery,
): Promise<UnitProof | undefined> {
  return prove(balancesTree(communityId, number), unit, () =>
    readBalanceLeaves(db, communityId, number),
  );
}

/** What was published of every unit. */
export async function readBalanceLeaves(
  db: Db | Tx,
  communityId: string,
  number: number,
): Promise<UnitFigures[]> {
  const rows = await db.fundBalanceLeaf.findMany({ where: { communityId, number } });
  const salts = await readSalts(db, communityId);
  return rows.map(({ unit, building, ...row }) => {
    const figures = toList({
      deposited: row.depositedFen,
      gained: row.gainedFen,
      used: row.usedFen,
      balance: row.balanceFen,
      owed: row.owedFen,
    });
    return { unit, building, salt: salts.get(unit) ?? NO_SALT, figures };
  });
}

/** A unit's part in an entry; undefined where it has none. */
export function proveShare(
  db: Db,
  { communityId, number, unit }: ProofQuery,
): Promise<UnitProof | undefined> {
  return prove(entryTree(communityId, number), unit, () =>
    readEntryLeaves(db, communityId, number),
  );
}

/** Every unit's part in an entry, without its sign. */
async function readEntryLeaves(
  db: Db | Tx,
  communityId: string,
  number: number,
): Promise<UnitFigures[]> {
  const rows = await db.fundUnitPosting.findMany({ where: { communityId, number } });
  return toEntryLeaves(rows, await readSalts(db, communityId));
}

/** The leaves of an entry's tree, under the units' salts. */
export const toEntryLeaves = (
  units: readonly UnitPosting[],
  salts: ReadonlyMap<string, Hex>,
): UnitFigures[] =>
  units.map(({ unit, building, amountFen }) => {
    const figures = [amountFen < 0n ? -amountFen : amountFen];
    return { unit, building, salt: salts.get(unit) ?? NO_SALT, figures };
  });

/** Every unit's salt. */
export async function readSalts(db: Db | Tx, communityId: string): Promise<Map<string, Hex>> {
  const rows = await db.fundUnit.findMany({
    where: { communityId },
    select: { unit: true, salt: true },
  });
  return new Map(rows.map(({ unit, salt }) => [unit, salt as Hex]));
}
