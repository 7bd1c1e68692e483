import { setTimeout as delay } from "node:timers/promises";
import type { Hex } from "viem";
import type { Db } from "../../database/client.ts";
import { errorCode } from "../../database/failure.ts";
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
  acceptedAt: Date;
}

const MAX_ATTEMPTS = 20;

/**
 * Stores a ballot for good before it returns. The same leaf is stored once. A voter has one waiting ballot at most, by
 * an index: of two that arrive together one comes second, tries again and takes the other's place.
 */
export async function storeBallot(db: Db, ballot: CheckedBallot): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await db.$transaction([replaceWaiting(db, ballot), insert(db, ballot)]);
      return;
    } catch (error) {
      if (!isConflict(error) || attempt === MAX_ATTEMPTS) throw error;
      await delay(Math.random() * 5 * attempt);
    }
  }
}

/** What has not been sealed yet never reaches the chain; a leaf that is known already replaces nothing. */
const replaceWaiting = (db: Db, { meetingId, voter, leaf }: CheckedBallot) =>
  db.$executeRaw`
    UPDATE "Ballot" SET state = 'replaced', "waitingVoter" = NULL
    WHERE "meetingId" = ${meetingId}::uuid AND "waitingVoter" = ${voter}
      AND NOT EXISTS (SELECT 1 FROM "Ballot" WHERE "meetingId" = ${meetingId}::uuid AND leaf = ${leaf})`;

const insert = (db: Db, ballot: CheckedBallot) =>
  db.$executeRaw`
    INSERT INTO "Ballot" ("meetingId", voter, "waitingVoter", "areaE4", page, position, kind, form, envelope, answers,
      signature, leaf, "acceptedAt")
    VALUES (${ballot.meetingId}::uuid, ${ballot.voter}, ${ballot.voter}, ${ballot.areaE4}, ${ballot.page},
      ${ballot.position}, ${ballot.kind}, ${ballot.form}, ${ballot.envelope ?? null},
      ${ballot.answers}, ${ballot.signature}, ${ballot.leaf}, ${ballot.acceptedAt})
    ON CONFLICT ("meetingId", leaf) DO NOTHING`;

/** Unique violation, serialization failure or deadlock, as PostgreSQL or Prisma names them. */
function isConflict(error: unknown): boolean {
  const codes = ["23505", "40001", "40P01", "P2002", "P2034"];
  const text = `${errorCode(error) ?? ""} ${error instanceof Error ? error.message : ""}`;
  return codes.some((code) => text.includes(code));
}

/** With "oldest first" the first ballot stands: a second one would only be skipped. */
export async function requireNoneStands(
  db: Db,
  { meetingId, voter }: Pick<CheckedBallot, "meetingId" | "voter">,
): Promise<void> {
  const state = { notIn: ["replaced" as const, "late" as const] };
  const standing = await db.ballot.findFirst({ where: { meetingId, voter, state } });
  if (standing) throw new DomainError("BallotStands", { leaf: standing.leaf });
}
