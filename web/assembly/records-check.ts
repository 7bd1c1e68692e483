import { getBlockNumber } from "viem/actions";
import { verifyRecords } from "../../protocol/verify/record.ts";
import { verdictOf, type Check, type Report } from "../../protocol/verify/report.ts";
import type { RecordEntry, RecordSource } from "../../protocol/verify/source.ts";
import { createNodeClient } from "../chain/node.ts";
import { defaultNode } from "../chain/node-address.ts";
import type { CheckedAt } from "../shell/verdict.tsx";
import { openSources } from "./sources.ts";

export interface CheckedRecords extends CheckedAt {
  readonly report: Report;
}

/** What is checked is what is shown: the very records that this page has read. */
function showing(source: RecordSource, shown: readonly RecordEntry[]): RecordSource {
  return new Proxy(source, {
    get(target, name) {
      if (name === "record") {
        return (index: number): Promise<RecordEntry> => {
          const entry = shown.find((known) => known.index === index);
          return entry ? Promise.resolve(entry) : target.record(index);
        };
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}

/**
 * Whether records, as this page shows them, stand in the log under heads on chain; `more` are checks that the page has
 * made beside.
 */
export async function checkRecords(
  community: string,
  shown: readonly RecordEntry[],
  more: readonly Check[] = [],
): Promise<CheckedRecords> {
  const node = defaultNode();
  const origin = { api: `${location.origin}/api`, node, community };
  const { records, chain } = openSources(origin, () => undefined);
  const block = await getBlockNumber(createNodeClient(node));
  const sources = { chain, records: showing(records, shown) };
  const indexes = shown.map(({ index }) => index);
  const report = await verifyRecords(sources, indexes);
  const checks = [...more, ...report.checks];
  return {
    report: { verdict: verdictOf(checks), checks },
    at: Math.floor(Date.now() / 1000),
    block,
  };
}
