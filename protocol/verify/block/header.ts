import { type Hex, bytesToBigInt, bytesToHex, hexToBytes, keccak256 } from "viem";
import { readQbft } from "./qbft.ts";
import { decodeList, encodeRlp } from "./rlp.ts";

/** What is looked at in a block's header. The hash is computed from its bytes, never taken from anybody. */
export type Header = {
  number: number;
  hash: Hex;
  parentHash: Hex;
  /** Unix seconds. */
  timestamp: number;
  stateRoot: Hex;
  transactionsRoot: Hex;
  receiptsRoot: Hex;
  /** On a QBFT chain: who the block says may seal it, the seals, and the hash that they were made over. */
  qbft: { validators: Hex[]; seals: Hex[]; hash: Hex } | undefined;
};

// Positions in the list that a header is (Yellow Paper, section 4.4).
const AT = {
  parentHash: 0,
  stateRoot: 3,
  transactionsRoot: 4,
  receiptsRoot: 5,
  number: 8,
  timestamp: 11,
  extraData: 12,
} as const;

const MIN_FIELDS = 15;

/** The fields of a header's RLP; throws for what is none. */
function headerFields(rlp: Hex): Uint8Array[] {
  const fields = decodeList(hexToBytes(rlp));
  const isHeader = fields.every((field): field is Uint8Array => field instanceof Uint8Array);
  if (!isHeader || fields.length < MIN_FIELDS) throw new RangeError("a header is a list of fields");
  return fields;
}

const hashOf = (fields: readonly Uint8Array[]): Hex => keccak256(encodeRlp([...fields]));

/** Reads a header from its RLP; throws for what is none. */
export function readHeader(rlp: Hex): Header {
  const fields = headerFields(rlp);
  const hex = (name: keyof typeof AT): Hex => bytesToHex(fields[AT[name]]!);
  // RLP writes zero as no bytes at all.
  const number = (name: keyof typeof AT): number => {
    const bytes = fields[AT[name]]!;
    return bytes.length === 0 ? 0 : Number(bytesToBigInt(bytes));
  };
  const height = number("number");
  // A chain's first block was sealed by nobody, and its hash covers all of it.
  const qbft = height === 0 ? undefined : readQbft(fields[AT.extraData]!);
  const hashWith = (extraData: Uint8Array): Hex => hashOf(fields.with(AT.extraData, extraData));
  return {
    number: height,
    hash: qbft ? hashWith(qbft.hashed) : keccak256(rlp),
    parentHash: hex("parentHash"),
    timestamp: number("timestamp"),
    stateRoot: hex("stateRoot"),
    transactionsRoot: hex("transactionsRoot"),
    receiptsRoot: hex("receiptsRoot"),
    qbft: qbft && {
      validators: qbft.validators,
      seals: qbft.seals,
      hash: hashWith(qbft.signed),
    },
  };
}
