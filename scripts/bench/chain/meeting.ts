import { ZeroHash, id } from "ethers";
import {
  FORM,
  type Ballot,
  type Message,
  groupBallots,
  leafOf,
  makeEnvelope,
  makeTree,
  packAnswers,
  sheetDigest,
  signHash,
  signingHash,
  sortBallots,
} from "./ballots.ts";
import { type Community, attest, domainOf, gasOf } from "./community.ts";
import type { Voter } from "./roll.ts";

export const CONVENE_TYPE =
  "Convene(uint256 roll,bytes32 record,uint8[] items,bytes32[] plans,uint64 opensAt,uint64 closesAt,uint32 noticeSeconds,uint32 paperSeconds,uint32 revealSeconds,uint32 objectionSeconds,uint8 conflict,bool invalidParticipates)";

/** A ballot as it is cast: whose, what, how, and where the key stands. */
export type Cast = {
  voter: Voter;
  answers: number[];
  form: number;
  page: number;
  position: number;
};

/** A batch: its ballots, messages, groups, tree and root. */
export type Batch = {
  ballots: Ballot[];
  messages: Message[];
  groups: ReturnType<typeof groupBallots>;
  tree: string[];
  root: string;
};

/** A meeting's fields, any of them changed. */
export async function describeMeeting(community: Community, roll: bigint, changes: object = {}) {
  const { ethers } = community;
  const now = (await ethers.provider.getBlock("latest"))!.timestamp;
  const { items } = { items: [5], ...changes };
  return {
    roll,
    record: id("meeting"),
    items,
    plans: items.map(() => ZeroHash),
    opensAt: now + 1_000,
    closesAt: now + 100_000,
    noticeSeconds: 500,
    paperSeconds: 3_600,
    revealSeconds: 86_400,
    objectionSeconds: 86_400,
    conflict: 0,
    invalidParticipates: true,
    ...changes,
  };
}

/** Convenes a meeting; returns its number and fields. */
export async function convene(community: Community, roll: bigint, changes: object = {}) {
  const { assembly, officers } = community;
  const fields = await describeMeeting(community, roll, changes);
  const signers = [officers.registrar, officers.committee];
  const attestations = await attest(assembly, CONVENE_TYPE, fields, signers);
  await gasOf(assembly.getFunction("convene")(fields, attestations));
  const meeting = BigInt(await assembly.getFunction("meetingCount")());
  return { meeting, ...fields };
}

/** Sets the time of the next block. */
export async function travelTo(community: Community, timestamp: number): Promise<void> {
  await community.ethers.provider.send("evm_setNextBlockTimestamp", [timestamp]);
  await community.ethers.provider.send("evm_mine", []);
}

function envelopeOf(form: number, digest: string): string {
  return form === FORM.webauthn ? makeEnvelope(digest) : "0x";
}

/** Signs ballots and puts them into a batch; equal sheets share a message. */
export async function makeBatch(
  community: Community,
  meeting: bigint,
  casts: Cast[],
): Promise<Batch> {
  const domain = await domainOf(community.assembly);
  const messages: Message[] = [];
  const hashes: string[] = [];
  const ballots = casts.map(({ voter, answers, form, page, position }): Ballot => {
    const packed = packAnswers(answers);
    let message = messages.findIndex((known) => known.form === form && known.answers === packed);
    if (message < 0) {
      const digest = sheetDigest(domain, meeting, answers);
      message = messages.push({ form, answers: packed, envelope: envelopeOf(form, digest) }) - 1;
      hashes.push(signingHash(digest, messages[message]!));
    }
    const signature = signHash(voter, hashes[message]!);
    const leaf = leafOf(page, position, hashes[message]!, signature);
    return { page, position, message, signature, leaf };
  });
  return toBatch(messages, ballots);
}

/** A batch of signed ballots. */
export function toBatch(messages: Message[], unsorted: Ballot[]): Batch {
  const ballots = sortBallots(unsorted);
  const tree = makeTree(ballots.map(({ leaf }) => leaf));
  return { ballots, messages, groups: groupBallots(ballots), tree, root: tree[0]! };
}

/** Seals a batch by the relayer; returns the gas. */
export function sealBatch(community: Community, meeting: bigint, batch: Batch): Promise<number> {
  const { root, ballots } = batch;
  return gasOf(community.assembly.getFunction("seal")(meeting, root, ballots.length));
}

/** Opens a batch by number; returns the gas. */
export function openBatch(
  community: Community,
  meeting: bigint,
  number: number,
  { messages, groups }: Batch,
): Promise<number> {
  return gasOf(community.assembly.getFunction("openBatch")(meeting, number, messages, groups));
}
