import { setTimeout as delay } from "node:timers/promises";
import type { Hex } from "viem";
import type { ConflictPolicy } from "../../../protocol/assembly/order.ts";
import type { Db } from "../../database/client.ts";
import { errorCode } from "../../database/failure.ts";
import type { Ballot, Batch } from "../../database/generated/client.ts";
import { DomainError } from "../../http/errors.ts";

/** A ballot whose signature has been checked. */
export interface CheckedBallot {
  meetingId: string;
  voter: number;
  areaE4: bigint;
  page: number;
  position: number;
  kind: number;
  form: number;
  envelope: Hex | undefined;
  answers: number;
  signature: Hex;
  leaf: Hex;
  /** How often this very ballot was cast before. */
  repeat: number;
  acceptedAt: Date;
}

/** What is told of a ballot that is stored. */
export type StoredBallot = Pick<
  Ballot,
  "id" | "leaf" | "repeat" | "state" | "acceptedAt" | "batchId" | "place" | "code"
> & {
  batch: Batch | null;
};

const MAX_ATTEMPTS = 20;

/**
 * Stores a ballot for good before it returns. The same casting of a leaf is stored once. A voter has one waiting ballot at most, by
 * an index: of two that arrive together one comes second, tries again and takes the other's place.
 */
export async function storeBallot(
  db: Db,
  ballot: CheckedBallot,
  policy: ConflictPolicy,
): Promise<StoredBallot> {
  if (policy === "oldestFirst") await requireNoneStands(db, ballot);
  // Nearly always nothing of the voter's waits, and one statement does it.
  const [row] = await insert(db, ballot);
  if (row) return toWaiting(ballot, row);
  for (let attempt = 1; ; attempt += 1) {
    const known = await findBallot(db, ballot.meetingId, ballot.leaf);
    if (known && known.repeat >= ballot.repeat) return known;
    if (policy === "oldestFirst") await requireNoneStands(db, ballot);
    if (attempt > MAX_ATTEMPTS) throw new Error(`ballot ${ballot.leaf} could not be stored`);
    await replace(db, ballot);
    await delay(Math.random() * attempt);
  }
}

/** Puts it in the place of what waits, unless another one gets there first. */
async function replace(db: Db, ballot: CheckedBallot): Promise<void> {
  try {
    await db.$transaction([replaceWaiting(db, ballot), insert(db, ballot)]);
  } catch (error) {
    if (!isDeadlock(error)) throw error;
  }
}

/** What has not been sealed yet never reaches the chain; a ballot that is known already replaces nothing. */
const replaceWaiting = (db: Db, { meetingId, voter, leaf, repeat }: CheckedBallot) =>
  db.$executeRaw`
    UPDATE "Ballot" SET state = 'replaced', "waitingVoter" = NULL
    WHERE "meetingId" = ${meetingId}::uuid AND "waitingVoter" = ${voter}
      AND NOT EXISTS (SELECT 1 FROM "Ballot" WHERE "meetingId" = ${meetingId}::uuid AND leaf = ${leaf}
        AND repeat = ${repeat})`;

/** No row when the ballot is known, or another one of the voter waits. */
const insert = (db: Db, ballot: CheckedBallot) =>
  db.$queryRaw<{ id: bigint }[]>`
    INSERT INTO "Ballot" ("meetingId", voter, "waitingVoter", "areaE4", page, position, kind, form, envelope, answers,
      signature, leaf, repeat, "acceptedAt")
    VALUES (${ballot.meetingId}::uuid, ${ballot.voter}, ${ballot.voter}, ${ballot.areaE4}, ${ballot.page},
      ${ballot.position}, ${ballot.kind}, ${ballot.form}, ${ballot.envelope ?? null},
      ${ballot.answers}, ${ballot.signature}, ${ballot.leaf}, ${ballot.repeat}, ${ballot.acceptedAt})
    ON CONFLICT DO NOTHING RETURNING id`;

const toWaiting = (
  { leaf, repeat, acceptedAt }: CheckedBallot,
  { id }: { id: bigint },
): StoredBallot => ({
  ...{ id, leaf, repeat, acceptedAt, state: "waiting" },
  ...{ batchId: null, batch: null, place: null, code: null },
});

/** A ballot by its leaf; of one that was cast several times the last casting. */
export const findBallot = (
  db: Db,
  meetingId: string,
  leaf: Hex,
): Promise<(Ballot & StoredBallot) | null> =>
  db.ballot.findFirst({
    where: { meetingId, leaf },
    orderBy: { repeat: "desc" },
    include: { batch: true },
  });

/** Whether the voter has sent another ballot since. */
export async function hasSuccessor(db: Db, id: bigint): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM "Ballot" AS mine JOIN "Ballot" AS later
      ON later."meetingId" = mine."meetingId" AND later.voter = mine.voter AND later.id > mine.id
    WHERE mine.id = ${id} AND later.state IN ('waiting', 'sealing', 'sealed') LIMIT 1`;
  return rows.length > 0;
}

/** Serialization failure or deadlock, as PostgreSQL or Prisma names them. */
function isDeadlock(error: unknown): boolean {
  const text = `${errorCode(error) ?? ""} ${error instanceof Error ? error.message : ""}`;
  return ["40001", "40P01", "P2034"].some((code) => text.includes(code));
}

/** With "oldest first" the first ballot stands: a second one would only be skipped. */
async function requireNoneStands(
  db: Db,
  { meetingId, voter, leaf }: Pick<CheckedBallot, "meetingId" | "voter" | "leaf">,
): Promise<void> {
  const state = { notIn: ["replaced" as const, "late" as const] };
  const standing = await db.ballot.findFirst({ where: { meetingId, voter, state } });
  if (standing && standing.leaf !== leaf)
    throw new DomainError("BallotStands", { leaf: standing.leaf });
}
