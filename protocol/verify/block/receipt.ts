import { type Hex, bytesToHex, hexToBytes } from "viem";
import { type Nested, decodeList } from "./rlp.ts";

/** An event as a receipt holds it. */
export type ReceiptLog = { address: Hex; topics: Hex[]; data: Hex };

const FIRST_LIST_BYTE = 0xc0;
const LOGS_AT = 3;
const FIELDS = 4;

function readLog(log: Nested): ReceiptLog {
  const [address, topics, data] = log as Nested[];
  if (!(address instanceof Uint8Array) || !Array.isArray(topics) || !(data instanceof Uint8Array)) {
    throw new RangeError("not an event");
  }
  const words = topics.map((topic) => bytesToHex(topic as Uint8Array));
  return { address: bytesToHex(address), topics: words, data: bytesToHex(data) };
}

/** The events of a receipt, from its bytes as the block's trie holds them. Throws for what is none. */
export function readReceipt(raw: Hex): ReceiptLog[] {
  const bytes = hexToBytes(raw);
  const fields = decodeList(bytes[0]! >= FIRST_LIST_BYTE ? bytes : bytes.subarray(1));
  const logs = fields.length === FIELDS ? fields[LOGS_AT] : undefined;
  if (!Array.isArray(logs)) throw new RangeError("not a receipt");
  return logs.map(readLog);
}
