import type { Hex } from "viem";
import { CONFLICT_POLICIES } from "../../../protocol/anchor/record.ts";
import { ownLeaf } from "../../../protocol/assembly/ballot.ts";
import { ANSWER_WORDS, packAnswers, sheetDigest } from "../../../protocol/assembly/sheet.ts";
import type { SignedAnswer } from "../../../protocol/assembly/sheet.ts";
import { FORM, signingHash } from "../../../protocol/registry/keys.ts";
import type { Form, SigningInput } from "../../../protocol/registry/keys.ts";
import type { SigningDomain } from "../../../protocol/registry/messages.ts";
import { verifyKeySignature } from "../../../protocol/registry/signature.ts";
import type { Ballot, Batch } from "../../database/generated/client.ts";
import { DomainError } from "../../http/errors.ts";
import type { BoundKey } from "../../registry/service.ts";
import { signingDomain } from "../context.ts";
import type { AssemblyContext } from "../context.ts";
import { getMeeting } from "../meeting/find.ts";
import type { ConvenedMeeting } from "../meeting/find.ts";
import { requireNoneStands, storeBallot } from "./store.ts";
import type { VotingHours } from "./hours.ts";

/** A ballot as it arrives: one signed sheet, and where its key stands in the roll. */
export interface BallotInput {
  page: number;
  position: number;
  form: Form;
  envelope?: Hex | undefined;
  answers: readonly string[];
  signature: Hex;
}

interface Arrival {
  meeting: ConvenedMeeting;
  domain: Required<SigningDomain>;
  input: BallotInput;
  answers: readonly SignedAnswer[];
}

/** Checks a ballot and stores it for good. The same ballot again gives the same answer. */
export async function acceptBallot(
  context: AssemblyContext,
  hours: VotingHours,
  request: { communityId: string; meeting: number; input: BallotInput },
): Promise<Ballot & { batch: Batch | null }> {
  const { communityId, input } = request;
  const meeting = await getMeeting(context.db, communityId, request.meeting);
  const domain = await signingDomain(context, context.db, communityId);
  const answers = requireAnswers(meeting, input.answers);
  const arrival = { meeting, domain, input, answers };
  const leaf = leafOf(arrival);
  const known = await findBallot(context, meeting.id, leaf);
  if (known) return requireStanding(known);
  hours.requireOpen(meeting);
  const key = await requireKey(context, arrival);
  await requireSignature(context, arrival, key);
  await store(context, arrival, { leaf, key });
  return requireStanding(await findBallot(context, meeting.id, leaf));
}

function requireAnswers(meeting: ConvenedMeeting, answers: readonly string[]): SignedAnswer[] {
  const motions = meeting.items.length;
  if (answers.length !== motions) {
    throw new DomainError("BallotAnswersIncomplete", { motions, answers: answers.length });
  }
  return answers.map((answer, motion) => {
    if (!Object.hasOwn(ANSWER_WORDS, answer))
      throw new DomainError("BallotOptionUnknown", { motion });
    return answer as SignedAnswer;
  });
}

function signingInput({ domain, meeting, answers, input }: Arrival): SigningInput {
  const digest = sheetDigest(domain, BigInt(meeting.number), answers);
  const { form, envelope } = input;
  if ((form === FORM.webauthn) !== (envelope !== undefined)) {
    throw new DomainError("BallotFormInvalid", { form });
  }
  return { digest, form, envelope };
}

function leafOf(arrival: Arrival): Hex {
  const { page, position, signature } = arrival.input;
  return ownLeaf({ page, position }, signingHash(signingInput(arrival)), signature);
}

const findBallot = ({ db }: AssemblyContext, meetingId: string, leaf: Hex) =>
  db.ballot.findUnique({
    where: { meetingId_leaf: { meetingId, leaf } },
    include: { batch: true },
  });

/**
 * A ballot that gave way to a later one is not taken again: whoever got hold of a receipt could undo the later vote.
 */
function requireStanding<Row extends Ballot>(ballot: Row | null): Row {
  if (!ballot) throw new Error("a stored ballot is missing");
  if (ballot.state === "replaced") throw new DomainError("BallotReplaced", { leaf: ballot.leaf });
  return ballot;
}

async function requireKey(
  context: AssemblyContext,
  { meeting, input }: Arrival,
): Promise<BoundKey> {
  const { page, position } = input;
  const place = { roll: meeting.roll, page, position };
  const key = await context.registry.rolls.findKey(context.db, meeting.communityId, place);
  if (!key) throw new DomainError("RegistryKeyUnknown", { page, position });
  if (key.revokedAt) throw new DomainError("AssemblyKeyRevoked", { page, position });
  return key;
}

async function requireSignature(
  context: AssemblyContext,
  arrival: Arrival,
  { kind, keyId }: BoundKey,
): Promise<void> {
  const { signature } = arrival.input;
  if (await verifyKeySignature({ kind, keyId, signature, input: signingInput(arrival) })) return;
  // The commonest honest mistake: the sheet of another meeting.
  const others = await context.db.meeting.findMany({
    where: {
      communityId: arrival.meeting.communityId,
      number: { not: null, notIn: [arrival.meeting.number] },
    },
    orderBy: { number: "desc" },
    take: 20,
  });
  for (const other of others) {
    const meeting = { ...arrival.meeting, number: other.number! };
    const input = signingInput({ ...arrival, meeting });
    if (await verifyKeySignature({ kind, keyId, signature, input })) {
      throw new DomainError("BallotMeetingDiffers", {
        meeting: arrival.meeting.number,
        signed: other.number!,
      });
    }
  }
  throw new DomainError("BallotSignatureInvalid", {});
}

async function store(
  context: AssemblyContext,
  { meeting, input, answers }: Arrival,
  { leaf, key }: { leaf: Hex; key: BoundKey },
): Promise<void> {
  const { voter, kind } = key;
  const meetingId = meeting.id;
  if (CONFLICT_POLICIES[meeting.conflict] === "oldestFirst") {
    await requireNoneStands(context.db, { meetingId, voter });
  }
  const areas = await context.areas.get(meeting);
  await storeBallot(context.db, {
    meetingId,
    voter,
    areaE4: areas[voter]!,
    page: input.page,
    position: input.position,
    kind,
    form: input.form,
    envelope: input.envelope,
    answers: packAnswers(answers),
    signature: input.signature,
    leaf,
    acceptedAt: context.clock.now(),
  });
}
