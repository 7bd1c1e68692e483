import { type Hex, bytesToHex, bytesToNumber, concat, hexToBytes, keccak256, pad } from "viem";
import { recoverSigner } from "#recovery";
import { type Nested, decodeList, encodeRlp } from "./rlp.ts";

/** What is looked at in a transaction. */
export type RawTransaction = { hash: Hex; from: Hex; to: Hex | null; input: Hex };

/** Where a kind of transaction keeps what we read; `to` is followed by value and data. */
const TO_AT: Readonly<Record<number, number>> = {
  1: 4, // EIP-2930
  2: 5, // EIP-1559
  3: 5, // EIP-4844
  4: 5, // EIP-7702
};
const LEGACY_TO_AT = 3;
const LEGACY_FIELDS = 9;
const FIRST_LIST_BYTE = 0xc0;

type Signed = { fields: Nested[]; toAt: number; hash: Hex; yParity: number };

function bytesAt(fields: readonly Nested[], at: number): Uint8Array {
  const bytes = fields.at(at);
  if (!(bytes instanceof Uint8Array)) throw new RangeError("a transaction's field is missing");
  return bytes;
}

const toInteger = (bytes: Uint8Array): number => (bytes.length === 0 ? 0 : bytesToNumber(bytes));

function readTyped(bytes: Uint8Array): Signed {
  const type = bytes.subarray(0, 1);
  const toAt = TO_AT[type[0]!];
  if (toAt === undefined) throw new RangeError("an unknown type of transaction");
  const fields = decodeList(bytes.subarray(1));
  const unsigned = concat([type, encodeRlp(fields.slice(0, -3))]);
  return { fields, toAt, hash: keccak256(unsigned), yParity: toInteger(bytesAt(fields, -3)) };
}

/** EIP-155: v is 27 or 28, or twice the chain's number and 35 or 36. */
function readLegacy(bytes: Uint8Array): Signed {
  const fields = decodeList(bytes);
  if (fields.length !== LEGACY_FIELDS) throw new RangeError("a transaction has nine fields");
  const v = toInteger(bytesAt(fields, -3));
  const old = v === 27 || v === 28;
  const chainId = old ? 0 : (v - 35 - ((v - 35) % 2)) / 2;
  const unsigned = [...fields.slice(0, 6), ...(old ? [] : [chainId, 0, 0])];
  const yParity = old ? v - 27 : (v - 35) % 2;
  return { fields, toAt: LEGACY_TO_AT, hash: keccak256(encodeRlp(unsigned)), yParity };
}

/** Reads a transaction as it was signed; its hash and its sender follow from its bytes. Rejects what is none. */
export async function readTransaction(raw: Hex): Promise<RawTransaction> {
  const bytes = hexToBytes(raw);
  const legacy = bytes[0]! >= FIRST_LIST_BYTE;
  const { fields, toAt, hash, yParity } = legacy ? readLegacy(bytes) : readTyped(bytes);
  const word = (at: number): Hex => pad(bytesToHex(bytesAt(fields, at)), { size: 32 });
  const to = bytesAt(fields, toAt);
  return {
    hash: keccak256(raw),
    from: await recoverSigner(hash, concat([word(-2), word(-1)]), yParity),
    to: to.length === 0 ? null : bytesToHex(to),
    input: bytesToHex(bytesAt(fields, toAt + 2)),
  };
}
