import { toInstant } from "../../../clock.ts";
import type { Db } from "../../../database/client.ts";
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
  return publish(context, await inspect(context, communityId));
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
  { db, anchor, clock }: FundContext,
  { communityId, lastEntry, checks }: Found,
): Promise<FundCheck> {
  const passed = checks.every(({ failed }) => failed.length === 0);
  const now = clock.now();
  return db.$transaction(async (tx) => {
    await lockBooks(tx, communityId);
    const { index } = await anchor.append(tx, communityId, {
      v: 1,
      type: "booksCheck",
      community: communityId,
      at: toInstant(now),
      ...{ lastEntry, checks, passed },
    });
    const json = checks as unknown as Prisma.InputJsonArray;
    const row = { communityId, lastEntry, passed, checks: json, recordIndex: index };
    await publishEvent(tx, communityId, { type: "booksCheck", data: { passed } });
    return tx.fundCheck.create({ data: { ...row, checkedAt: now } });
  });
}

/** After so long the books are looked at again, changed or not. */
const EVERY_HOURS = 24;

/** Checks every community whose last check is a day old and whose books have changed since, or did not pass. */
export async function checkDueBooks(context: FundContext): Promise<void> {
  const before = context.clock.now().getTime() - EVERY_HOURS * 3_600_000;
  for (const { communityId, lastEntry } of await context.db.fundBooks.findMany()) {
    const last = await findCheck(context.db, communityId);
    const isRecent = last !== null && last.checkedAt.getTime() > before;
    const isUnchanged = last !== null && last.lastEntry === lastEntry && last.passed;
    if (lastEntry === 0 || isRecent || isUnchanged) continue;
    const { passed } = await checkBooks(context, communityId);
    if (!passed) context.log.error({ communityId }, "the books do not pass their own check");
  }
}

/** The newest check. */
export async function findCheck(db: Db, communityId: string): Promise<FundCheck | null> {
  return db.fundCheck.findFirst({ where: { communityId }, orderBy: { id: "desc" } });
}
