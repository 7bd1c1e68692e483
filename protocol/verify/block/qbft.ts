import { type Hex, bytesToHex, hexToNumber, slice } from "viem";
import { recoverSigner } from "../../registry/curves.ts";
import { type Nested, decodeRlp, encodeRlp } from "./rlp.ts";

// A Besu network that runs QBFT writes into a block's extra data who its validators are and, once
// they agreed, their seals: [vanity, validators, vote, round, seals] (Besu, QbftExtraDataCodec).

const AT = { validators: 1, round: 3, seals: 4 } as const;
const VANITY_BYTES = 32;
const EMPTY = new Uint8Array();

/** What a QBFT block's extra data says, and its two shortened forms. */
export type Qbft = {
  validators: Hex[];
  seals: Hex[];
  /** Without seals: what validators sign. The round is signed, because it is part of what they agreed on. */
  signed: Uint8Array;
  /** Without seals, round zero: what the block's hash covers, so that the hash does not depend on who sealed. */
  hashed: Uint8Array;
};

function isBytes(item: Nested | undefined): item is Uint8Array {
  return item instanceof Uint8Array;
}

function isBytesList(item: Nested | undefined, bytes: number): item is Uint8Array[] {
  return Array.isArray(item) && item.every((entry) => isBytes(entry) && entry.length === bytes);
}

/** Reads a block's extra data as QBFT's; undefined where it is none. */
export function readQbft(extraData: Uint8Array): Qbft | undefined {
  let items: Nested;
  try {
    items = decodeRlp(extraData);
  } catch {
    return undefined;
  }
  if (!Array.isArray(items) || items.length !== 5) return undefined;
  const [vanity, validators, , round, seals] = items;
  if (!isBytes(vanity) || vanity.length !== VANITY_BYTES || !isBytes(round)) return undefined;
  if (!isBytesList(validators, 20) || !isBytesList(seals, 65)) return undefined;
  return {
    validators: validators.map((address) => bytesToHex(address)),
    seals: seals.map((seal) => bytesToHex(seal)),
    signed: encodeRlp(items.with(AT.seals, [])),
    hashed: encodeRlp(items.with(AT.round, EMPTY).with(AT.seals, [])),
  };
}

/** How many of `validators` must have sealed: more than two thirds, as Besu reckons it. */
export function quorumOf(validators: number): number {
  return Math.ceil((2 * validators) / 3);
}

/** What is wrong with a block's seals; undefined when enough of the validators sealed it. */
export type SealFault =
  "tooFew" | "foreignValidator" | "duplicateValidator" | "badSeal" | "noSeals";

function recover(seal: Hex, hash: Hex): Hex | undefined {
  try {
    return recoverSigner(hash, slice(seal, 0, 64), hexToNumber(slice(seal, 64)));
  } catch {
    return undefined;
  }
}

/**
 * Checks a block's committed seals against validators that somebody trusts, not those that the block
 * names. `seals` and `signed` are the block's own; gives who sealed, and what is wrong with it.
 */
export function checkSeals(
  { seals, hash }: { seals: readonly Hex[]; hash: Hex },
  validators: readonly Hex[],
): { fault: SealFault | undefined; sealers: Hex[] } {
  const found = seals.map((seal) => recover(seal, hash));
  const sealers = found.filter((address): address is Hex => address !== undefined);
  const known = new Set(validators.map((address) => address.toLowerCase()));
  const fault = (): SealFault | undefined => {
    if (sealers.length < found.length) return "badSeal";
    if (sealers.some((address) => !known.has(address))) return "foreignValidator";
    if (new Set(sealers).size < sealers.length) return "duplicateValidator";
    return sealers.length < quorumOf(known.size) ? "tooFew" : undefined;
  };
  return { fault: seals.length === 0 ? "noSeals" : fault(), sealers };
}
