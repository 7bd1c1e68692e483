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
export function headerFields(rlp: Hex): Uint8Array[] {
  const fields = decodeList(hexToBytes(rlp));
  const isHeader = fields.every((field): field is Uint8Array => field instanceof Uint8Array);
  if (!isHeader || fields.length < MIN_FIELDS) throw new RangeError("a header is a list of fields");
  return fields;
}

/** The hash of a block: of its header, on a QBFT chain without what the validators add once it is agreed. */
function hashHeader(fields: Uint8Array[], rlp: Hex): Hex {
  const qbft = readQbft(fields[AT.extraData]!);
  if (!qbft) return keccak256(rlp);
  return keccak256(bytesToHex(encodeRlp(fields.with(AT.extraData, qbft.hashed))));
}

/** Reads a header from its RLP; throws for what is none. */
export function readHeader(rlp: Hex): Header {
  const fields = headerFields(rlp);
  const hex = (name: keyof typeof AT): Hex => bytesToHex(fields[AT[name]]!);
  const number = (name: keyof typeof AT): number => Number(bytesToBigInt(fields[AT[name]]!));
  return {
    number: number("number"),
    hash: hashHeader(fields, rlp),
    parentHash: hex("parentHash"),
    timestamp: number("timestamp"),
    stateRoot: hex("stateRoot"),
    transactionsRoot: hex("transactionsRoot"),
    receiptsRoot: hex("receiptsRoot"),
  };
}
