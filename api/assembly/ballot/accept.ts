import { CONFLICT_POLICIES } from "../../../protocol/anchor/record/assembly.ts";
import { verifyKeySignature } from "../../../protocol/registry/signature.ts";
import { DomainError } from "../../http/errors.ts";
import type { PersonKey } from "../../http/authority.ts";
import type { BoundKey } from "../../registry/service.ts";
import type { AssemblyContext } from "../context.ts";
import type { VotingHours } from "./hours.ts";
import type { KnownMeeting, KnownMeetings } from "./known.ts";
import { readSheet, toSigningInput } from "./sheet.ts";
import type { BallotInput, Sheet } from "./sheet.ts";
import { findBallot, hasSuccessor, storeBallot } from "./store.ts";
import type { CheckedBallot, StoredBallot } from "./store.ts";

export interface BallotDesk {
  context: AssemblyContext;
  hours: VotingHours;
  meetings: KnownMeetings;
}

export interface BallotArrival {
  communityId: string;
  meeting: number;
  input: BallotInput;
  /** The key that is logged in, if any. */
  person: PersonKey | undefined;
}

/** Checks a ballot and stores it for good. The same ballot again gives the same answer, even after closing. */
export async function acceptBallot(
  desk: BallotDesk,
  arrival: BallotArrival,
): Promise<StoredBallot> {
  const { context } = desk;
  const known = await desk.meetings.get(arrival.communityId, arrival.meeting);
  const sheet = readSheet(known, arrival.input);
  try {
    await requireOpen(desk, arrival);
  } catch (error) {
    const stored = await findBallot(context.db, known.meeting.id, sheet.leaf);
    if (stored) return requireStanding(context, stored);
    throw error;
  }
  const key = await requireKey(context, known, sheet.input);
  await requireSignature(desk, { known, sheet, key });
  const policy = CONFLICT_POLICIES[known.meeting.conflict]!;
  const row = await toRow(context, { known, sheet, key });
  const stored = await storeBallot(context.db, row, policy);
  // A wallet signs the same sheet always alike: who votes A, then B, then A hands in the ballot that he handed in first.
  // That it is he, and not somebody who got hold of his receipt, shows the session of that very key.
  if (!isKeyOf(key, arrival.person) || (await isStanding(context, stored))) {
    return requireStanding(context, stored);
  }
  return storeBallot(context.db, { ...row, repeat: stored.repeat + 1 }, policy);
}

const isKeyOf = ({ kind, keyId }: BoundKey, person: PersonKey | undefined): boolean =>
  person?.kind === kind && person.keyId === keyId;

/** An extension may have moved the end since the meeting was read. */
async function requireOpen({ hours, meetings }: BallotDesk, arrival: BallotArrival): Promise<void> {
  const { communityId, meeting } = arrival;
  if (hours.isOpen((await meetings.get(communityId, meeting)).meeting)) return;
  hours.requireOpen((await meetings.read(communityId, meeting)).meeting);
}

async function isStanding({ db }: AssemblyContext, ballot: StoredBallot): Promise<boolean> {
  if (ballot.state === "waiting") return true;
  return ballot.state !== "replaced" && !(await hasSuccessor(db, ballot.id));
}

/**
 * A ballot that gave way to a later one is not taken again: whoever got hold of a receipt could undo the later vote.
 * Nor is it called accepted, for it is the later one that counts.
 */
async function requireStanding(
  context: AssemblyContext,
  ballot: StoredBallot,
): Promise<StoredBallot> {
  if (await isStanding(context, ballot)) return ballot;
  throw new DomainError("BallotReplaced", { leaf: ballot.leaf });
}

async function requireKey(
  { registry, db }: AssemblyContext,
  { meeting }: KnownMeeting,
  { page, position }: BallotInput,
): Promise<BoundKey> {
  const place = { roll: meeting.roll, page, position };
  const key = await registry.rolls.findKey(db, meeting.communityId, place);
  if (!key) throw new DomainError("RegistryKeyUnknown", { page, position });
  if (key.revokedAt) throw new DomainError("AssemblyKeyRevoked", { page, position });
  return key;
}

interface Signed {
  known: KnownMeeting;
  sheet: Sheet;
  key: BoundKey;
}

async function requireSignature(desk: BallotDesk, { known, sheet, key }: Signed): Promise<void> {
  const { kind, keyId } = key;
  const { signature } = sheet.input;
  if (await verifyKeySignature({ kind, keyId, signature, input: sheet.signed })) return;
  const meeting = known.meeting.number;
  const signed = await findSignedMeeting(desk, { known, sheet, key });
  if (signed !== undefined) throw new DomainError("BallotMeetingDiffers", { meeting, signed });
  throw new DomainError("BallotSignatureInvalid", {});
}

/** Each is another signature to check, on the word of whoever sends the ballot. */
const OTHER_MEETINGS = 5;

/** The commonest honest mistake: the sheet of another meeting. */
async function findSignedMeeting(
  { context, meetings }: BallotDesk,
  { known: { meeting }, sheet, key }: Signed,
): Promise<number | undefined> {
  const { communityId } = meeting;
  const others = await context.db.meeting.findMany({
    where: { communityId, state: "announced", NOT: { number: meeting.number } },
    orderBy: { number: "desc" },
    take: OTHER_MEETINGS,
    select: { number: true },
  });
  for (const { number } of others) {
    const other = await meetings.get(communityId, number!);
    const input = toSigningInput(other, sheet.input, sheet.answers);
    const { signature } = sheet.input;
    if (await verifyKeySignature({ ...key, signature, input })) return number!;
  }
  return undefined;
}

async function toRow(
  { areas, clock }: AssemblyContext,
  { known: { meeting }, sheet, key }: Signed,
): Promise<CheckedBallot> {
  const { page, position, form, envelope, signature } = sheet.input;
  const areasE4 = await areas.get(meeting);
  return {
    meetingId: meeting.id,
    voter: key.voter,
    areaE4: areasE4[key.voter]!,
    page,
    position,
    kind: key.kind,
    form,
    envelope: envelope,
    answers: sheet.answers,
    signature,
    leaf: sheet.leaf,
    repeat: 0,
    acceptedAt: clock.now(),
  };
}
