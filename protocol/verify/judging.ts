import type { Hex } from "viem";
import type { KeyPlace } from "../assembly/ballot.ts";
import { type OwnBallot, signingInputOf } from "../assembly/opening.ts";
import { isSignable, unpackAnswers } from "../assembly/sheet.ts";
import { verifyKeySignature } from "../registry/signature.ts";
import type { KeyRing } from "./keys.ts";
import type { OpenedBallot } from "./reading.ts";
import type { ChainLog } from "./source.ts";

/** What became of a ballot (SPEC section 4). */
export const CODE = {
  counted: 1,
  unknownKey: 2,
  revokedKey: 3,
  badSignature: 4,
  unknownOption: 5,
  superseded: 6,
} as const;

/** A ballot judged by itself: `counted` until it meets another one of its voter; `place` is that of an own ballot's key. */
export type JudgedBallot = {
  voter: number;
  answers: number;
  leaf: Hex;
  code: number;
  place?: KeyPlace;
};

/** What judging depends on. */
export type JudgeContext = {
  ring: KeyRing;
  voters: number;
  motions: number;
  digestOf: (answers: number) => Hex;
};

/** Told how many ballots have been judged so far, and of how many. */
export type Progress = (done: number, total: number) => void;

function isOwn(ballot: OpenedBallot): ballot is OwnBallot & { leaf: Hex } {
  return "signature" in ballot;
}

function fits(answers: number, motions: number): boolean {
  return answers < 4 ** motions;
}

function isComplete(answers: number, motions: number): boolean {
  return fits(answers, motions) && isSignable(unpackAnswers(answers, motions));
}

/** Judges one ballot as the contract does when it opens it in the transaction of `log`. */
async function judge(
  { ring, voters, motions, digestOf }: JudgeContext,
  ballot: OpenedBallot,
  log: ChainLog,
): Promise<JudgedBallot> {
  const { answers, leaf } = ballot;
  if (!isOwn(ballot)) {
    const known = ballot.voter < voters;
    const code = fits(answers, motions) ? CODE.counted : CODE.unknownOption;
    return { voter: ballot.voter, answers, leaf, code: known ? code : CODE.unknownKey };
  }
  const binding = ring.pages.get(ballot.page)?.bindings[ballot.position];
  if (!binding || binding.voter >= voters)
    return { voter: -1, answers, leaf, code: CODE.unknownKey };
  const { voter, keyId } = binding;
  const known = { voter, answers, leaf, place: { page: ballot.page, position: ballot.position } };
  if (ring.isRevokedAt(ballot, log)) return { ...known, code: CODE.revokedKey };
  const { kind, signature } = ballot;
  const input = signingInputOf(ballot, digestOf(answers));
  const signed = await verifyKeySignature({ kind, keyId, signature, input });
  if (!signed) return { ...known, code: CODE.badSignature };
  return { ...known, code: isComplete(answers, motions) ? CODE.counted : CODE.unknownOption };
}

const YIELD_EVERY_MS = 12;

/** Gives way to whatever else the program has to do, such as drawing a progress bar. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** Judges as `judge` does, reports progress over `total` ballots and gives way now and then. */
export function createJudge(
  context: JudgeContext,
  total: number,
  onProgress?: Progress,
): (ballot: OpenedBallot, log: ChainLog) => Promise<JudgedBallot> {
  let done = 0;
  let since = performance.now();
  return async (ballot, log) => {
    if (performance.now() - since > YIELD_EVERY_MS) {
      since = performance.now();
      onProgress?.(done, total);
      await breathe();
    }
    const judged = await judge(context, ballot, log);
    done += 1;
    if (done === total) onProgress?.(done, total);
    return judged;
  };
}
