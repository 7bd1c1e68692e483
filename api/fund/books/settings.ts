import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { toInstant } from "../../clock.ts";
import type { Db, Tx } from "../../database/client.ts";
import { Prisma } from "../../database/generated/client.ts";
import type { FundContext } from "../context.ts";
import type { Origin } from "./enter.ts";
import { lockBooks } from "./lock.ts";
import type { TermsOf } from "./terms.ts";

export type IncomeShareRule = NonNullable<RecordOf<"fundSettings">["incomeShare"]>;

/** What a community has decided about its fund. */
export interface BooksSettings {
  /** 0 while nothing was decided. */
  number: number;
  /** In permille of a unit's first deposit. */
  topUpBelow: number;
  topUpSource: string;
  negativeUnits: boolean;
  negativeUnitsSource: string | null;
  incomeShare: IncomeShareRule | null;
}

/** What holds while nothing was decided: the ministries' order of 2007 asks for a top-up below 30 % of the first deposit. */
const UNDECIDED: BooksSettings = {
  number: 0,
  topUpBelow: 300,
  topUpSource: "住宅专项维修资金管理办法（建设部、财政部令第165号）第十七条",
  negativeUnits: false,
  negativeUnitsSource: null,
  incomeShare: null,
};

export async function findSettings(db: Db | Tx, communityId: string): Promise<BooksSettings> {
  const row = await db.fundSettings.findFirst({
    where: { communityId },
    orderBy: { number: "desc" },
  });
  if (!row) return UNDECIDED;
  return { ...row, incomeShare: row.incomeShare as IncomeShareRule | null };
}

/** Publishes what was decided; it holds from now on. Returns its number. */
export async function decideSettings(
  { anchor, clock }: FundContext,
  tx: Tx,
  { terms, origin }: { terms: TermsOf<"settings">; origin: Origin },
): Promise<number> {
  const { communityId, by } = origin;
  const { lastSettings } = await lockBooks(tx, communityId);
  const number = lastSettings + 1;
  const now = clock.now();
  const decision = {
    number,
    topUpBelow: terms.topUpBelow,
    topUpSource: terms.topUpSource,
    negativeUnits: terms.negativeUnits,
    negativeUnitsSource: terms.negativeUnitsSource ?? null,
    incomeShare: toShareRule(terms),
    author: by!.author,
    confirmer: by!.confirmer,
  };
  const record = { v: 1 as const, type: "fundSettings" as const, community: communityId };
  const { index } = await anchor.append(tx, communityId, {
    ...record,
    at: toInstant(now),
    ...decision,
  });
  await tx.fundSettings.create({
    data: {
      ...decision,
      communityId,
      recordIndex: index,
      decidedAt: now,
      incomeShare: decision.incomeShare ?? Prisma.DbNull,
    },
  });
  await tx.fundBooks.update({ where: { communityId }, data: { lastSettings: number } });
  return number;
}

function toShareRule({ incomeShare }: TermsOf<"settings">): IncomeShareRule | null {
  if (!incomeShare) return null;
  const { permille, above, cap, period, source } = incomeShare;
  const limit = cap === undefined ? null : String(cap);
  return { permille, above: String(above), cap: limit, period, source };
}
