import type { Hex } from "viem";
import { assemblyAbi } from "../../../protocol/abi/assembly.ts";
import { registryAbi } from "../../../protocol/abi/registry.ts";
import { fromBase64, toBase64 } from "../../../protocol/verify/base64.ts";
import type { Bundle } from "../../../protocol/verify/bundle.ts";
import { decodeLogs, eventsNamed } from "../../../protocol/verify/events.ts";

type Log = Bundle["chain"]["logs"][number];
export type Tamper = (bundle: Bundle) => void;

/** Changes the hex digit at `index` (from the end where negative). */
export function flip(hex: Hex, index: number): Hex {
  const at = index < 0 ? hex.length + index : 2 + index;
  return `${hex.slice(0, at)}${hex[at] === "0" ? "1" : "0"}${hex.slice(at + 1)}` as Hex;
}

export function assemblyLog(bundle: Bundle, name: string, at = 0): Log {
  const { events } = decodeLogs(assemblyAbi, bundle.chain.logs);
  return eventsNamed(events, name as never)[at]!["log"];
}

export function registryLog(bundle: Bundle, name: string, at = 0): Log {
  const { events } = decodeLogs(registryAbi, bundle.chain.logs);
  return eventsNamed(events, name as never)[at]!["log"];
}

export function transactionOf(
  { chain }: Bundle,
  log: Log,
): Bundle["chain"]["transactions"][number] {
  return chain.transactions.find(({ hash }) => hash === log.transactionHash)!;
}

export function blockOf({ chain }: Bundle, log: Log): Bundle["chain"]["blocks"][number] {
  return chain.blocks.find(({ number }) => number === log.blockNumber)!;
}

export function remove(bundle: Bundle, log: Log): void {
  bundle.chain.logs = bundle.chain.logs.filter(
    (other) => other.transactionHash !== log.transactionHash,
  );
}

export function record(bundle: Bundle, type: string): Bundle["records"][number] {
  return bundle.records.find(({ text }) => text.includes(`"type":"${type}"`))!;
}

/** Changes one byte of the document that holds this text. */
export function changeDocument(bundle: Bundle, part: string): void {
  const document = bundle.documents.find(({ base64 }) => {
    return new TextDecoder().decode(fromBase64(base64)).includes(part);
  })!;
  const bytes = fromBase64(document.base64);
  bytes[bytes.length - 5]! ^= 1;
  document.base64 = toBase64(bytes);
}

export const changeData =
  (find: (bundle: Bundle) => Log, index: number): Tamper =>
  (bundle) => {
    const log = find(bundle);
    log.data = flip(log.data, index);
  };

export const changeInput =
  (find: (bundle: Bundle) => Log, index: number): Tamper =>
  (bundle) => {
    const transaction = transactionOf(bundle, find(bundle));
    transaction.input = flip(transaction.input, index);
  };

export const assembly = (name: string, at?: number) => (bundle: Bundle) =>
  assemblyLog(bundle, name, at);
export const registry = (name: string, at?: number) => (bundle: Bundle) =>
  registryLog(bundle, name, at);

/** The code of the page that an event of the Registry names. */
export function pageOf(
  bundle: Bundle,
  name: "KeysBound" | "RollFrozen",
): Bundle["chain"]["code"][number] {
  const { events } = decodeLogs(registryAbi, bundle.chain.logs);
  const { store } = eventsNamed(events, name)[0]!.args;
  return bundle.chain.code.find(({ address }) => address === store.toLowerCase())!;
}
