import { concatBytes } from "@noble/hashes/utils.js";
import { sha256 } from "@noble/hashes/sha2.js";

/** Deterministic numbers for the demonstration, so that every installation shows the same community. Never for secrets. */
export interface Random {
  /** 32 bytes that depend on the seed and the label only. */
  bytes(label: string): Uint8Array;
  /** An integer from 0 to `below - 1`; each call moves on. */
  below(below: number): number;
  /** One element of a list. */
  pick<T>(list: readonly T[]): T;
  /** A shuffled copy. */
  shuffle<T>(list: readonly T[]): T[];
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A stream of SHA-256(seed ‖ counter). */
export function createRandom(seed: string): Random {
  let counter = 0;
  const bytes = (label: string): Uint8Array =>
    sha256(concatBytes(encode(`${seed}\0`), encode(label)));
  const below = (limit: number): number => {
    const word = new DataView(bytes(`#${counter++}`).buffer).getUint32(0);
    return Math.floor((word / 2 ** 32) * limit);
  };
  const pick = <T>(list: readonly T[]): T => {
    const found = list[below(list.length)];
    if (found === undefined) throw new RangeError("pick from an empty list");
    return found;
  };
  const shuffle = <T>(list: readonly T[]): T[] => {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; i--) {
      const j = below(i + 1);
      [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
    }
    return copy;
  };
  return { bytes, below, pick, shuffle };
}
