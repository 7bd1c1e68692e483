import type { Receipt } from "../../protocol/assembly/receipt.ts";
import type { SignedBallot } from "./cast.ts";
import { recall, recallAll, remember } from "../memory/database.ts";
import type { Hex } from "../signing/signer.ts";

/** A ballot cast from this browser; `receipt` once it is sealed. */
export interface KeptBallot {
  readonly community: string;
  readonly meeting: number;
  readonly title: string;
  readonly motions: readonly string[];
  readonly leaf: Hex;
  readonly ballot: SignedBallot;
  /** Unix seconds. */
  readonly castAt: number;
  readonly receipt: Receipt | undefined;
}

export async function keepBallot(ballot: KeptBallot): Promise<void> {
  await remember("receipts", ballot.leaf, ballot);
}

export function findBallot(leaf: string): Promise<KeptBallot | undefined> {
  return recall<KeptBallot>("receipts", leaf);
}

/** All ballots cast from this browser, newest first. */
export async function listBallots(): Promise<KeptBallot[]> {
  return (await recallAll<KeptBallot>("receipts")).toSorted((a, b) => b.castAt - a.castAt);
}

export async function findBallotFor(
  community: string,
  meeting: number,
): Promise<KeptBallot | undefined> {
  const ballots = await listBallots();
  return ballots.find((ballot) => ballot.community === community && ballot.meeting === meeting);
}
