import { ArchiveInvalid, readArchive } from "../../protocol/verify/bundle/archive.ts";
import { type Bundle, type OpenedBundle, openFiles } from "../../protocol/verify/bundle/bundle.ts";
import type { BundleOptions } from "../../protocol/verify/bundle/verify.ts";
import { readRecord } from "../../protocol/verify/entry.ts";
import type { Evidence, Finished, News, Order, Part } from "./messages.ts";

type Files = ReadonlyMap<string, Uint8Array>;

function filesOf(evidence: Evidence): Files | Promise<Files> {
  return evidence.kind === "file" ? readArchive(evidence.bytes) : evidence.files;
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

/** What a script verifies, and what it hands on to a part. */
export interface Ability {
  /** Where a file's verification is somebody else's: what to tell. */
  readonly handOn?: (files: Files) => Part | News | undefined;
  readonly verify: (
    opened: OpenedBundle,
    options: BundleOptions,
  ) => Promise<Pick<Finished, "report" | "words" | "look">>;
}

type Tell = (news: News | Part) => void;

function progressTo(tell: Tell): (done: number, all: number) => void {
  let told = 0;
  return (done, all) => {
    if (performance.now() - told < TELL_EVERY_MS) return;
    told = performance.now();
    tell({ kind: "progress", done, all });
  };
}

/** Verifies and tells how it goes; ends with a report, with why there is none, or with the part that gives one. */
export async function work(
  { handOn, verify }: Ability,
  { evidence, validators }: Order,
  tell: Tell,
): Promise<void> {
  const started = performance.now();
  try {
    const files = await filesOf(evidence);
    const other = handOn?.(files);
    if (other) return tell(other);
    const opened = openFiles(files);
    const known = validators.length > 0 ? { validators } : {};
    const found = await verify(opened, { known, onProgress: progressTo(tell) });
    const { scope, community } = opened.bundle;
    const about = { scope, community, title: titleOf(opened.bundle) };
    tell({ kind: "report", about, milliseconds: performance.now() - started, ...found });
  } catch (error) {
    if (!(error instanceof ArchiveInvalid)) tell({ kind: "fault" });
    else tell({ kind: "refused", fault: error.fault, entry: error.entry });
  }
}

/** In a worker: verifies what it is handed. */
export function answerOrders(ability: Ability): void {
  onmessage = ({ data }: MessageEvent<Order>) => {
    void work(ability, data, (news) => postMessage(news));
  };
}
