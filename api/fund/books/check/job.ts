import { toInstant } from "../../../clock.ts";
import type { Db, Tx } from "../../../database/client.ts";
import type { FundCheck, Prisma } from "../../../database/generated/client.ts";
import { publishEvent } from "../../../http/events.ts";
import type { FundContext } from "../../context.ts";
import { LONG_TRANSACTION } from "../../context.ts";
import { lockBooks } from "../lock.ts";
import { checkEntries } from "./entries.ts";
import type { Check } from "./finding.ts";
import { checkLedgers } from "./ledgers.ts";
import { checkPublished } from "./published.ts";

/** Checks the live books of a community as of one moment, and publishes what came of it. */
export async function checkBooks(context: FundContext, communityId: string): Promise<FundCheck> {
  const found = await inspect(context, communityId);
  return context.db.$transaction(async (tx) => {
    await lockBooks(tx, communityId);
    return publish(context, tx, found);
  });
}

interface Found {
  communityId: string;
  lastEntry: number;
  checks: Check[];
}

/** All reading is of one moment, so that an entry that comes in between is no difference. */
async function inspect({ db }: FundContext, communityId: string): Promise<Found> {
  return db.$transaction(
    async (tx) => {
      const { lastEntry } = await tx.fundBooks.findUniqueOrThrow({ where: { communityId } });
      const inside = { db: tx, communityId, lastEntry };
      const checks = [
        ...(await checkEntries(inside)),
        ...(await checkLedgers(inside)),
        ...(await checkPublished(inside)),
      ];
      return { communityId, lastEntry, checks };
    },
    { ...LONG_TRANSACTION, isolationLevel: "RepeatableRead" },
  );
}

async function publish(
  { anchor, clock }: FundContext,
  tx: Tx,
  { communityId, lastEntry, checks }: Found,
): Promise<FundCheck> {
  const passed = checks.every(({ failed }) => failed.length === 0);
  const now = clock.now();
  const { index } = await anchor.append(tx, communityId, {
    v: 1,
    type: "booksCheck",
    community: communityId,
    at: toInstant(now),
    ...{ lastEntry, checks, passed },
  });
  await publishEvent(tx, communityId, { type: "booksCheck", data: { passed } });
  const json = checks as unknown as Prisma.InputJsonArray;
  const row = { communityId, lastEntry, passed, checks: json, recordIndex: index };
  return tx.fundCheck.create({ data: { ...row, checkedAt: now } });
}

/** After so long the books are looked at again, if they have changed or did not pass. */
const EVERY_HOURS = 24;

/** Checks every community whose books are due. */
export async function checkDueBooks(context: FundContext): Promise<void> {
  const all = await context.db.fundBooks.findMany({ where: { lastEntry: { gt: 0 } } });
  for (const { communityId } of all) {
    if (!(await isDue(context, context.db, communityId))) continue;
    const found = await inspect(context, communityId);
    const check = await context.db.$transaction(async (tx) => {
      await lockBooks(tx, communityId);
      // Another instance of the service may have been as quick.
      return (await isDue(context, tx, communityId)) ? publish(context, tx, found) : undefined;
    });
    if (check?.passed === false) {
      context.log.error({ communityId }, "the books do not pass their own check");
    }
  }
}

async function isDue({ clock }: FundContext, db: Db | Tx, communityId: string): Promise<boolean> {
  const last = await findCheck(db, communityId);
  if (!last) return true;
  const dueAt = last.checkedAt.getTime() + EVERY_HOURS * 3_600_000;
  if (clock.now().getTime() < dueAt) return false;
  const { lastEntry } = await db.fundBooks.findUniqueOrThrow({ where: { communityId } });
  return !last.passed || last.lastEntry !== lastEntry;
}

/** The newest check. */
export async function findCheck(db: Db | Tx, communityId: string): Promise<FundCheck | null> {
  return db.fundCheck.findFirst({ where: { communityId }, orderBy: { id: "desc" } });
}
