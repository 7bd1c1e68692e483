import type { Hex } from "viem";
import type { WholeBlock } from "./whole.ts";

/** Where in the state of a contract something is looked at. */
export type WantedState = { address: Hex; slots: Hex[] };

/** A node as far as it proves what it says: what a bundle is made from. */
export interface ChainProver {
  /** The number of the last block. */
  head(): Promise<number>;
  /** A block with everything that is in it. */
  block(number: number): Promise<WholeBlock>;
  /** The nodes of the state's tries (EIP-1186) that prove an account and slots of its storage at a block. */
  proof(wanted: WantedState, block: number): Promise<Hex[]>;
}
