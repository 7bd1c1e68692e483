import { type Hex, bytesToHex } from "viem";
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
