// First: schemas settle how they work when they are made.
import "../service/schemas.ts";
import { getBlockNumber } from "viem/actions";
import { openBundle } from "../../protocol/verify/bundle/bundle.ts";
import { allChecks, verifyBundle } from "../../protocol/verify/bundle/verify.ts";
import { decideDispute } from "../../protocol/verify/dispute/decide.ts";
import { verifyFunds } from "../../protocol/verify/fund/verify.ts";
import { verifyMeeting } from "../../protocol/verify/meeting.ts";
import { createNodeClient } from "../chain/node.ts";
import type { RecountNews, RecountOrder, RecountResult } from "./recount-messages.ts";
import { openSources } from "./sources.ts";

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

type Verified = Pick<RecountResult, "report" | "block">;

async function verify(order: RecountOrder): Promise<Verified> {
  const onProgress = seldom((done: number, all: number) => tell({ kind: "verifying", done, all }));
  if (order.kind === "file") {
    const opened = await openBundle(order.bytes);
    const report = await verifyBundle(opened, { onProgress, verifyFunds, decide: decideDispute });
    return {
      report: { ...report, checks: allChecks(report) },
      block: BigInt(opened.bundle.chain.head),
    };
  }
  const onRead = seldom((done: number) => tell({ kind: "reading", done }));
  // A node that does not answer leaves every check open, and the report says so.
  const block = await getBlockNumber(createNodeClient(order.node)).catch(() => undefined);
  const report = await verifyMeeting(openSources(order, onRead), order.meeting, { onProgress });
  return { report, block };
}

async function recount(order: RecountOrder): Promise<void> {
  const started = performance.now();
  const { report, block } = await verify(order);
  const at = Math.floor(Date.now() / 1000);
  tell({
    kind: "report",
    report,
    from: order.kind,
    block,
    at,
    milliseconds: performance.now() - started,
  });
}

onmessage = ({ data }: MessageEvent<RecountOrder>) => {
  recount(data).catch(() => {
    tell({ kind: "failure", code: data.kind === "file" ? "BundleMalformed" : "RecountFault" });
  });
};
