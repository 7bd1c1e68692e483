import type { Hex } from "viem";
import type { FundContent } from "./fundTampering.ts";

type Files = Map<string, Uint8Array>;

/** Puts what was altered of what is read of a community's bundle into its files, as far as it stands in them. */
export function writeContent(files: Files, before: FundContent, after: FundContent): void {
  for (const { index, text } of after.records.filter((one) => one.index >= 0)) {
    files.set(`records/${index}.json`, new TextEncoder().encode(text));
  }
  for (const [hash, bytes] of after.documents) {
    const start = `documents/${hash.slice(2)}`;
    const known = [...files.keys()].find((name) => name.startsWith(start));
    files.set(known ?? `${start}.json`, bytes);
  }
  for (const [old, now] of listChanged(before, after)) replaceInBlocks(files, old, now);
}

/** The bytes of events and calls that were altered, before and after. */
function listChanged(before: FundContent, after: FundContent): [Hex, Hex][] {
  const placeOf = ({ blockNumber, logIndex }: FundContent["logs"][number]): string =>
    `${blockNumber}/${logIndex}`;
  const events = new Map(after.logs.map((log) => [placeOf(log), log.data]));
  const pairs = [
    ...before.logs.map((log) => [log.data, events.get(placeOf(log))] as const),
    ...[...before.transactions].map(
      ([hash, { input }]) => [input, after.transactions.get(hash)?.input] as const,
    ),
  ];
  return pairs.filter((pair): pair is [Hex, Hex] => pair[1] !== undefined && pair[0] !== pair[1]);
}

/** A block holds them as they were hashed, so that its own hash tells of the change as well. */
function replaceInBlocks(files: Files, old: Hex, now: Hex): void {
  for (const [name, bytes] of files) {
    if (!name.startsWith("chain/blocks/")) continue;
    const text = new TextDecoder().decode(bytes);
    const altered = text.replaceAll(old.slice(2), now.slice(2));
    if (altered !== text) files.set(name, new TextEncoder().encode(altered));
  }
}
