import { randomBytes } from "node:crypto";
import { fileTypeFromBuffer } from "file-type";
import type { Hex } from "viem";
import { paperLeaf, scanHash } from "../../../protocol/assembly/ballot.ts";
import { packAnswers, paperDigest } from "../../../protocol/assembly/sheet.ts";
import { toSeconds } from "../../clock.ts";
import type { Tx } from "../../database/client.ts";
import { errorCode } from "../../database/failure.ts";
import type { PaperBallot, Prisma } from "../../database/generated/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { LONG_TRANSACTION } from "../context.ts";
import type { AssemblyContext } from "../context.ts";
import { countsFrom, getMeeting } from "../meeting/find.ts";
import type { ConvenedMeeting } from "../meeting/find.ts";
import { requirePaperAnswers } from "./answers.ts";

export interface PaperEntry {
  communityId: string;
  meeting: number;
  unit: string;
  answers: readonly string[];
  scan: Buffer;
  teller: OfficerCaller;
}

const SCAN_TYPES = ["application/pdf", "image/jpeg", "image/png"];

/** One teller enters a paper ballot with its scan; it counts for nothing until another has read the same. */
export async function enterPaper(
  context: AssemblyContext,
  entry: PaperEntry,
): Promise<PaperBallot> {
  const { db, registry, anchor } = context;
  const { communityId, scan: bytes } = entry;
  const meeting = await getMeeting(db, communityId, entry.meeting);
  requirePaperTime(meeting, context.clock.now());
  const answers = packAnswers(requirePaperAnswers(meeting, entry.answers));
  const mediaType = await requireScanType(bytes);
  const unit = entry.unit.normalize("NFC");
  const voter = await registry.rolls.voterOfUnit(db, communityId, meeting.roll, unit);
  const areas = await context.areas.get(meeting);
  // It shows a signature and a vote.
  const document = { communityId, name: "paper ballot", mediaType, bytes, confidential: true };
  return db.$transaction(async (tx) => {
    const { sha256 } = await anchor.putDocument(tx, document);
    return createPaper(tx, {
      meetingId: meeting.id,
      unit,
      voter,
      standingVoter: voter,
      areaE4: areas[voter]!,
      answers,
      ...commit(meeting, { voter, answers, sha256 }),
      enteredBy: entry.teller.id,
      enteredAt: context.clock.now(),
    });
  }, LONG_TRANSACTION);
}

async function createPaper(
  tx: Tx,
  data: Prisma.PaperBallotUncheckedCreateInput,
): Promise<PaperBallot> {
  try {
    return await tx.paperBallot.create({ data });
  } catch (error) {
    if (errorCode(error) === "P2002") throw new DomainError("PaperStands", {});
    throw error;
  }
}

/** From opening until the time for paper is over. */
export function requirePaperTime(meeting: ConvenedMeeting, now: Date): void {
  if (now < meeting.opensAt) {
    const opensAt = Number(toSeconds(meeting.opensAt));
    throw new DomainError("AssemblyVotingNotOpen", { meeting: meeting.number, opensAt });
  }
  const end = countsFrom(meeting);
  if (now < end) return;
  const closedAt = Number(toSeconds(end));
  throw new DomainError("AssemblyPaperClosed", { meeting: meeting.number, closedAt });
}

async function requireScanType(scan: Buffer): Promise<string> {
  const found = await fileTypeFromBuffer(scan);
  if (found && SCAN_TYPES.includes(found.mime)) return found.mime;
  throw new DomainError("FileKindNotAllowed", { allowed: SCAN_TYPES });
}

/** What the chain will hold of it: the salt keeps anybody from trying out scans. */
function commit(
  meeting: ConvenedMeeting,
  { voter, answers, sha256 }: { voter: number; answers: number; sha256: Hex },
) {
  const scanSalt: Hex = `0x${randomBytes(32).toString("hex")}`;
  const digest = paperDigest(BigInt(meeting.number), answers);
  return { scan: sha256, scanSalt, leaf: paperLeaf(voter, digest, scanHash(scanSalt, sha256)) };
}

/** The scan, for the tellers and the registrar. */
export async function readScan(
  { db, anchor }: AssemblyContext,
  { communityId, meeting: number, id }: { communityId: string; meeting: number; id: string },
): Promise<{ mediaType: string; bytes: Buffer; name: string }> {
  const meeting = await getMeeting(db, communityId, number);
  const paper = await db.paperBallot.findUnique({ where: { id } });
  if (paper?.meetingId !== meeting.id) throw new DomainError("PaperNotFound");
  const { mediaType, bytes } = await anchor.getDocument(communityId, paper.scan as Hex);
  return { mediaType, bytes, name: `paper-${id}.${mediaType.split("/")[1]}` };
}
