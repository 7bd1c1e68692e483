import { ArchiveInvalid } from "../../protocol/verify/bundle/archive.ts";
import {
  type Bundle,
  type OpenedBundle,
  openBundle,
  openFiles,
} from "../../protocol/verify/bundle/bundle.ts";
import { verifyBundle } from "../../protocol/verify/bundle/verify.ts";
import { readRecord } from "../../protocol/verify/entry.ts";
import type { Evidence, News, Order } from "./messages.ts";

async function open(evidence: Evidence): Promise<OpenedBundle> {
  return evidence.kind === "file" ? openBundle(evidence.bytes) : openFiles(evidence.files);
}

function titleOf({ records, scope }: Bundle): string | undefined {
  if (scope.kind !== "meeting") return undefined;
  for (const entry of records) {
    const { record } = readRecord(entry);
    if (record?.type === "meeting") return record.title;
  }
  return undefined;
}

/** Often enough for a bar that moves. */
const TELL_EVERY_MS = 100;

/** Verifies and tells how it goes; ends with a report or with why there is none. */
export async function work(
  { evidence, validators }: Order,
  tell: (news: News) => void,
): Promise<void> {
  const started = performance.now();
  let told = 0;
  const onProgress = (done: number, all: number): void => {
    if (performance.now() - told < TELL_EVERY_MS) return;
    told = performance.now();
    tell({ kind: "progress", done, all });
  };
  try {
    const opened = await open(evidence);
    const known = validators.length > 0 ? { validators } : {};
    const report = await verifyBundle(opened, { known, onProgress });
    const { scope, community } = opened.bundle;
    const about = { scope, community, title: titleOf(opened.bundle) };
    tell({ kind: "report", report, about, milliseconds: performance.now() - started });
  } catch (error) {
    if (!(error instanceof ArchiveInvalid)) tell({ kind: "fault" });
    else tell({ kind: "refused", fault: error.fault, entry: error.entry });
  }
}

/** In a worker: verifies what it is handed. */
export function answerOrders(): void {
  onmessage = ({ data }: MessageEvent<Order>) => {
    void work(data, (news) => postMessage(news));
  };
}
