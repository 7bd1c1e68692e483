import type { RecordOf } from "../../../../protocol/anchor/record.ts";
import { balancesTree } from "../../../../protocol/fund/unitTree.ts";
import { toSums } from "../figures.ts";
import { fromDay } from "../lock.ts";
import { stateFunds } from "../movements.ts";
import { readBalanceLeaves } from "../proof.ts";
import { compare, toCheck, tryRoot } from "./finding.ts";
import type { Check, CheckContext, Difference } from "./finding.ts";

/** Statements and balances as published, against the books as they are now. */
export async function checkPublished(context: CheckContext): Promise<Check[]> {
  return [await checkPeriods(context), await checkBalances(context)];
}

/** A closed period says today what it said when it was closed. */
async function checkPeriods(context: CheckContext): Promise<Check> {
  const { db, communityId, lastEntry } = context;
  const periods = await db.fundPeriod.findMany({ where: { communityId } });
  const failed: Difference[] = [];
  for (const { number, from, to, recordIndex } of periods) {
    const span = { from: fromDay(from), to: fromDay(to), lastEntry };
    const funds = await stateFunds(db, communityId, span);
    const record = await readRecord<RecordOf<"period">>(context, recordIndex);
    failed.push(...compare(`period ${number}`, describe(record?.funds), describe(funds)));
  }
  return toCheck("periods", periods.length, failed);
}

const describe = (funds: RecordOf<"period">["funds"] | undefined): string =>
  JSON.stringify(
    funds?.map(({ fund, opening, in: cameIn, out, closing, movements }) => [
      ...[fund, opening, cameIn, out, closing],
      movements.map((row) => [row.kind, row.category, row.count, row.in, row.out].join(" ")).sort(),
    ]),
  );

/** The leaves lead to the published root. */
async function checkBalances(context: CheckContext): Promise<Check> {
  const { db, communityId } = context;
  const published = await db.fundBalances.findMany({ where: { communityId } });
  const failed: Difference[] = [];
  for (const { number, recordIndex } of published) {
    const record = await readRecord<RecordOf<"balances">>(context, recordIndex);
    const leaves = await readBalanceLeaves(db, communityId, number);
    const tree = tryRoot(balancesTree(communityId, number), leaves);
    const found = JSON.stringify([tree?.count, tree?.root.hash, tree && toSums(tree.root.sums)]);
    const expected = JSON.stringify([
      record?.count,
      record?.root,
      record?.sums && inOrder(record.sums),
    ]);
    failed.push(...compare(`balances ${number}`, expected, found));
  }
  return toCheck("publishedBalances", published.length, failed);
}

const inOrder = ({ deposited, gained, used, balance, owed }: RecordOf<"balances">["sums"]) => {
  return { deposited, gained, used, balance, owed };
};

async function readRecord<Shape>(
  { db, communityId }: CheckContext,
  index: number,
): Promise<Shape | undefined> {
  const where = { communityId_index: { communityId, index } };
  const row = await db.record.findUnique({ where });
  return row ? (JSON.parse(row.text) as Shape) : undefined;
}
