import { concat, id, keccak256, toBeHex } from "ethers";
import { makeTree, paperDigest } from "../../scripts/bench/chain/ballots.ts";
import { type Community, attest } from "../../scripts/bench/chain/community.ts";
import { eventOf, send } from "./chain.ts";

/** A paper ballot as two tellers enter it. */
export type PaperBallot = { voter: number; answers: number };

/** A batch of paper ballots in the form in which it is sealed and opened. */
export type PaperBatch = { root: string; count: number; answers: number[]; ballots: string };

const PAPER_TYPE = "PaperBatch(uint256 meeting,bytes32 root,uint16 count)";

/** Sorts paper ballots as the contract demands, each with a scan of its own. */
export function paperBatch(meeting: bigint, ballots: PaperBallot[]): PaperBatch {
  const answers = [...new Set(ballots.map((ballot) => ballot.answers))];
  const entries = ballots.map((ballot, i) => {
    const scan = id(`scan ${i}`);
    const digest = paperDigest(meeting, ballot.answers);
    const leaf = keccak256(concat([toBeHex(ballot.voter, 2), digest, scan]));
    const header = concat([toBeHex(ballot.voter, 2), toBeHex(answers.indexOf(ballot.answers), 1)]);
    return { voter: ballot.voter, leaf, entry: concat([header, scan]) };
  });
  entries.sort((a, b) => a.voter - b.voter || (BigInt(a.leaf) < BigInt(b.leaf) ? -1 : 1));
  return {
    root: makeTree(entries.map(({ leaf }) => leaf))[0]!,
    count: entries.length,
    answers,
    ballots: concat(entries.map(({ entry }) => entry)),
  };
}

/** Seals paper by two tellers, or by whom the case names. */
export async function sealPaper(
  { assembly, officers }: Community,
  meeting: bigint,
  { root, count }: Pick<PaperBatch, "root" | "count">,
  signers = [officers.firstTeller, officers.secondTeller],
) {
  const attestations = await attest(assembly, PAPER_TYPE, { meeting, root, count }, signers);
  return send(assembly, "sealPaper", meeting, root, count, attestations);
}

/** Opens a paper batch and gives the event of its count. */
export function openPaper(
  { assembly }: Community,
  { meeting, number }: { meeting: bigint; number: number },
  { answers, ballots }: PaperBatch,
) {
  return eventOf("BatchCounted", send(assembly, "openPaper", meeting, number, answers, ballots));
}
