import { type Hex, bytesToHex, concat, hexToBytes, keccak256 } from "viem";
import { readHeader } from "./header.ts";
import { encodeRlp } from "./rlp.ts";

// A node answers in JSON; here its answers are put back into the bytes that hashes are taken of.
// Whether they are the right ones shows when the hashes are compared.

type Json = Record<string, unknown>;
type Field = Uint8Array | bigint;
type List = (Field | List)[];

const bytes = (value: unknown): Uint8Array => hexToBytes((value ?? "0x") as Hex);
const integer = (value: unknown): bigint => BigInt((value ?? "0x0") as Hex);

const HEADER_START = [
  "parentHash",
  "sha3Uncles",
  "miner",
  "stateRoot",
  "transactionsRoot",
  "receiptsRoot",
  "logsBloom",
] as const;
const HEADER_NUMBERS = ["difficulty", "number", "gasLimit", "gasUsed", "timestamp"] as const;
// Fields that later forks added, each only where the ones before it are.
const HEADER_LATER: readonly [string, (value: unknown) => Field][] = [
  ["baseFeePerGas", integer], // EIP-1559
  ["withdrawalsRoot", bytes], // EIP-4895
  ["blobGasUsed", integer], // EIP-4844
  ["excessBlobGas", integer],
  ["parentBeaconBlockRoot", bytes], // EIP-4788
  ["requestsHash", bytes], // EIP-7685
];

/** The RLP of a block's header from a node's answer. Throws when it does not lead to the block's hash. */
export function headerOf(block: Json): Hex {
  const later = HEADER_LATER.filter(([name]) => block[name] !== undefined && block[name] !== null);
  const fields: Field[] = [
    ...HEADER_START.map((name) => bytes(block[name])),
    ...HEADER_NUMBERS.map((name) => integer(block[name])),
    ...["extraData", "mixHash", "nonce"].map((name) => bytes(block[name])),
    ...later.map(([name, read]) => read(block[name])),
  ];
  const rlp = bytesToHex(encodeRlp(fields));
  if (readHeader(rlp).hash !== (block["hash"] as Hex).toLowerCase()) {
    throw new RangeError("the header does not lead to the block's hash");
  }
  return rlp;
}

function accessList(value: unknown): List {
  const entries = (value ?? []) as { address: Hex; storageKeys: Hex[] }[];
  return entries.map(({ address, storageKeys }) => [
    bytes(address),
    storageKeys.map((key) => bytes(key)),
  ]);
}

function authorizations(value: unknown): List {
  return ((value ?? []) as Json[]).map((entry) => [
    integer(entry["chainId"]),
    bytes(entry["address"]),
    integer(entry["nonce"]),
    integer(entry["yParity"] ?? entry["v"]),
    integer(entry["r"]),
    integer(entry["s"]),
  ]);
}

function unsignedFields(tx: Json, type: number): List {
  const fees =
    type <= 1
      ? [integer(tx["gasPrice"])]
      : [integer(tx["maxPriorityFeePerGas"]), integer(tx["maxFeePerGas"])];
  return [
    ...(type === 0 ? [] : [integer(tx["chainId"])]),
    integer(tx["nonce"]),
    ...fees,
    integer(tx["gas"]),
    bytes(tx["to"]),
    integer(tx["value"]),
    bytes(tx["input"]),
    ...(type === 0 ? [] : [accessList(tx["accessList"])]),
    ...(type === 3
      ? [integer(tx["maxFeePerBlobGas"]), (tx["blobVersionedHashes"] as Hex[]).map(bytes)]
      : []),
    ...(type === 4 ? [authorizations(tx["authorizationList"])] : []),
  ];
}

const envelope = (type: number, fields: List): Hex => {
  const rlp = encodeRlp(fields);
  return bytesToHex(type === 0 ? rlp : concat([new Uint8Array([type]), rlp]));
};

/** The bytes of a transaction from a node's answer. Throws when they do not lead to its hash. */
export function transactionOf(tx: Json): Hex {
  const type = Number(tx["type"] ?? 0);
  const v = type === 0 ? tx["v"] : (tx["yParity"] ?? tx["v"]);
  const signature = [v, tx["r"], tx["s"]].map(integer);
  const raw = envelope(type, [...unsignedFields(tx, type), ...signature]);
  if (keccak256(raw) !== (tx["hash"] as Hex).toLowerCase()) {
    throw new RangeError("the transaction does not lead to its hash");
  }
  return raw;
}

/** The bytes of a receipt from a node's answer, as the block's trie holds them. */
export function receiptOf(receipt: Json): Hex {
  const logs = (receipt["logs"] as { address: Hex; topics: Hex[]; data: Hex }[]).map(
    ({ address, topics, data }) => [bytes(address), topics.map(bytes), bytes(data)],
  );
  const start = [integer(receipt["status"]), integer(receipt["cumulativeGasUsed"])];
  return envelope(Number(receipt["type"] ?? 0), [...start, bytes(receipt["logsBloom"]), logs]);
}
