import type { Hex } from "viem";
import { assemblyAbi } from "../../../protocol/abi/assembly.ts";
import { registryAbi } from "../../../protocol/abi/registry.ts";
import type { BundleContent } from "../../../protocol/verify/bundle/sources.ts";
import { decodeLogs, eventsNamed } from "../../../protocol/verify/events.ts";

type Log = BundleContent["chain"]["logs"][number];
export type Tamper = (bundle: BundleContent) => void;

/** Changes the hex digit at `index` (from the end where negative). */
export function flip(hex: Hex, index: number): Hex {
  const at = index < 0 ? hex.length + index : 2 + index;
  return `${hex.slice(0, at)}${hex[at] === "0" ? "1" : "0"}${hex.slice(at + 1)}` as Hex;
}

export function assemblyLog(bundle: BundleContent, name: string, at = 0): Log {
  const { events } = decodeLogs(assemblyAbi, bundle.chain.logs);
  return eventsNamed(events, name as never)[at]!["log"];
}

export function registryLog(bundle: BundleContent, name: string, at = 0): Log {
  const { events } = decodeLogs(registryAbi, bundle.chain.logs);
  return eventsNamed(events, name as never)[at]!["log"];
}

export function transactionOf(
  { chain }: BundleContent,
  log: Log,
): BundleContent["chain"]["transactions"][number] {
  return chain.transactions.find(({ hash }) => hash === log.transactionHash)!;
}

export function blockOf(
  { chain }: BundleContent,
  log: Log,
): BundleContent["chain"]["blocks"][number] {
  return chain.blocks.find(({ number }) => number === log.blockNumber)!;
}

export function remove(bundle: BundleContent, log: Log): void {
  bundle.chain.logs = bundle.chain.logs.filter(
    (other) => other.transactionHash !== log.transactionHash,
  );
}

export function record(bundle: BundleContent, type: string): BundleContent["records"][number] {
  return bundle.records.find(({ text }) => text.includes(`"type":"${type}"`))!;
}

/** Changes one byte of the document that holds this text. */
export function changeDocument(bundle: BundleContent, part: string): void {
  const document = bundle.documents.find(({ bytes }) => {
    return new TextDecoder().decode(bytes).includes(part);
  })!;
  document.bytes[document.bytes.length - 5]! ^= 1;
}

export const changeData =
  (find: (bundle: BundleContent) => Log, index: number): Tamper =>
  (bundle) => {
    const log = find(bundle);
    log.data = flip(log.data, index);
  };

export const changeInput =
  (find: (bundle: BundleContent) => Log, index: number): Tamper =>
  (bundle) => {
    const transaction = transactionOf(bundle, find(bundle));
    transaction.input = flip(transaction.input, index);
  };

export const assembly = (name: string, at?: number) => (bundle: BundleContent) =>
  assemblyLog(bundle, name, at);
export const registry = (name: string, at?: number) => (bundle: BundleContent) =>
  registryLog(bundle, name, at);

/** The code of the page that an event of the Registry names. */
export function pageOf(
  bundle: BundleContent,
  name: "KeysBound" | "RollFrozen",
): BundleContent["chain"]["code"][number] {
  const { events } = decodeLogs(registryAbi, bundle.chain.logs);
  const { store } = eventsNamed(events, name)[0]!.args;
  return bundle.chain.code.find(({ address }) => address === store.toLowerCase())!;
}
