// First: schemas settle how they work when they are made.
import "../service/schemas.ts";
import { getBlockNumber } from "viem/actions";
import { bundleSources, parseBundle, type Bundle } from "../../protocol/verify/bundle.ts";
import { verifyMeeting } from "../../protocol/verify/meeting.ts";
import type { Sources } from "../../protocol/verify/source.ts";
import { createNodeClient } from "../chain/node.ts";
import type { RecountNews, RecountOrder } from "./recount-messages.ts";
import { openSources } from "./sources.ts";

interface Opened {
  readonly sources: Sources;
  readonly meeting: number;
  readonly block: bigint | undefined;
}

const tell = (news: RecountNews): void => postMessage(news);

/** Read far more often than a screen can show. */
const TELL_EVERY_MS = 100;

function seldom<Args extends unknown[]>(act: (...args: Args) => void): (...args: Args) => void {
  let last = 0;
  return (...args) => {
    if (performance.now() - last < TELL_EVERY_MS) return;
    last = performance.now();
    act(...args);
  };
}

function lastBlock(bundle: Bundle): bigint {
  return BigInt(Math.max(0, ...bundle.chain.blocks.map(({ number }) => number)));
}

async function open(order: RecountOrder): Promise<Opened> {
  if (order.kind === "file") {
    const bundle = parseBundle(order.bytes);
    return { sources: bundleSources(bundle), meeting: bundle.meeting, block: lastBlock(bundle) };
  }
  const onRead = seldom((done: number) => tell({ kind: "reading", done }));
  // A node that does not answer leaves every check open, and the report says so.
  const block = await getBlockNumber(createNodeClient(order.node)).catch(() => undefined);
  return { sources: openSources(order, onRead), meeting: order.meeting, block };
}

async function recount(order: RecountOrder): Promise<void> {
  const started = performance.now();
  const { sources, meeting, block } = await open(order);
  const onProgress = seldom((done: number, all: number) => tell({ kind: "verifying", done, all }));
  const report = await verifyMeeting(sources, meeting, { onProgress });
  const at = Math.floor(Date.now() / 1000);
  tell({ kind: "report", report, block, at, milliseconds: performance.now() - started });
}

onmessage = ({ data }: MessageEvent<RecountOrder>) => {
  recount(data).catch(() => {
    tell({ kind: "failure", code: data.kind === "file" ? "BundleMalformed" : "RecountFault" });
  });
};
