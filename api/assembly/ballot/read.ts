import type { Hex } from "viem";
import { receiptSchema } from "../../../protocol/assembly/receipt.ts";
import type { Receipt } from "../../../protocol/assembly/receipt.ts";
import { isSignable, unpackAnswers } from "../../../protocol/assembly/sheet.ts";
import { buildTree, treeProof } from "../../../protocol/registry/tree.ts";
import { toInstant } from "../../clock.ts";
import type { Db } from "../../database/client.ts";
import type { Ballot, Batch, BallotState } from "../../database/generated/client.ts";
import type { PersonKey } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { signingDomain } from "../context.ts";
import type { AssemblyContext } from "../context.ts";
import { getMeeting } from "../meeting/find.ts";
import type { ConvenedMeeting } from "../meeting/find.ts";
import { promiseFor } from "./promise.ts";
import { findBallot } from "./store.ts";
import type { StoredBallot } from "./store.ts";

/** Where a leaf stands: what anybody may know who has the leaf, which says nothing about the vote. */
export interface BallotView {
  leaf: string;
  origin: "own" | "paper";
  state: BallotState;
  acceptedAt: string;
  batch: number | null;
  proof: Hex[] | null;
  sealedAt: string | null;
  sealedIn: string | null;
  /** What the count made of it; null before. */
  code: number | null;
}

export interface BallotRequest {
  communityId: string;
  meeting: number;
  leaf: Hex;
  /** The key that asks, if it is logged in: its own ballot comes with the receipt. */
  person: PersonKey | undefined;
}

export async function readBallot(
  context: AssemblyContext,
  { communityId, meeting: number, leaf, person }: BallotRequest,
): Promise<BallotView & { receipt: Receipt | null }> {
  const meeting = await getMeeting(context.db, communityId, number);
  const ballot = await findBallot(context.db, meeting.id, leaf);
  if (!ballot) return { ...(await readPaper(context.db, meeting.id, leaf)), receipt: null };
  const view = await viewBallot(context.db, ballot);
  const isOwn = person !== undefined && (await isHolder(context, { meeting, ballot, person }));
  return { ...view, receipt: isOwn ? await toReceipt(context, { meeting, ballot, view }) : null };
}

async function readPaper(db: Db, meetingId: string, leaf: Hex): Promise<BallotView> {
  const paper = await db.paperBallot.findFirst({
    where: { meetingId, leaf, state: "sealed" },
    include: { batch: true },
  });
  if (!paper) throw new DomainError("BallotNotFound");
  const placed = { ...paper, state: "sealed" as const };
  return {
    ...viewPlace(placed, await findProof(db, placed)),
    origin: "paper",
    acceptedAt: toInstant(paper.enteredAt),
  };
}

export async function viewBallot(db: Db, ballot: StoredBallot): Promise<BallotView> {
  return {
    ...viewPlace(ballot, await findProof(db, ballot)),
    origin: "own",
    acceptedAt: toInstant(ballot.acceptedAt),
  };
}

type Placed = Omit<StoredBallot, "id" | "repeat" | "acceptedAt">;

const viewPlace = ({ leaf, state, batch, code }: Placed, proof: Hex[] | null) => ({
  leaf,
  state,
  batch: batch?.number ?? null,
  proof,
  sealedAt: batch?.sealedAt ? toInstant(batch.sealedAt) : null,
  sealedIn: batch?.sealedIn ?? null,
  code,
});

/** The path from the leaf to the root on chain, once the batch is there. */
async function findProof(db: Db, { batch, place }: Placed): Promise<Hex[] | null> {
  if (batch?.number == null || place === null) return null;
  return treeProof(buildTree(await listLeaves(db, batch)), place);
}

/** The leaves of a batch in tree order; empty where somebody else sealed it. */
export async function listLeaves(
  db: Db,
  { id, origin }: Pick<Batch, "id" | "origin">,
): Promise<Hex[]> {
  const query = {
    where: { batchId: id },
    orderBy: { place: "asc" },
    select: { leaf: true },
  } as const;
  const rows =
    origin === 1 ? await db.paperBallot.findMany(query) : await db.ballot.findMany(query);
  return rows.map(({ leaf }) => leaf as Hex);
}

async function isHolder(
  { registry, db }: AssemblyContext,
  { meeting, ballot, person }: { meeting: ConvenedMeeting; ballot: Ballot; person: PersonKey },
): Promise<boolean> {
  const voters = await registry.votersOf(db, meeting.communityId, person);
  return voters.some(({ roll, voter }) => roll === meeting.roll && voter === ballot.voter);
}

/** All that proves the ballot and opens it without us; only for its voter, because it says the vote. */
async function toReceipt(
  context: AssemblyContext,
  { meeting, ballot, view }: { meeting: ConvenedMeeting; ballot: Ballot; view: BallotView },
): Promise<Receipt | null> {
  if (view.batch === null || view.proof === null) return null;
  const { chainId, contract } = await signingDomain(context, context.db, meeting.communityId);
  const answers = unpackAnswers(Number(ballot.answers), meeting.items.length);
  if (!isSignable(answers)) throw new Error(`ballot ${ballot.id} was never signed`);
  const { page, position, kind, form, envelope, signature, leaf, voter } = ballot;
  return receiptSchema.parse({
    v: 1,
    chainId,
    assembly: contract.toLowerCase(),
    meeting: meeting.number,
    batch: view.batch,
    origin: "own",
    voter,
    page,
    position,
    kind,
    form,
    ...(envelope === null ? {} : { envelope }),
    answers,
    signature,
    leaf,
    proof: view.proof,
    promise: await promiseFor(context, meeting, ballot),
  });
}
