import { readArchive } from "../../../../protocol/verify/bundle/archive.ts";
import { readHeader } from "../../../../protocol/verify/block/header.ts";
import { openBundle } from "../../../../protocol/verify/bundle/bundle.ts";
import {
  MANIFEST,
  manifestBytes,
  readManifest,
} from "../../../../protocol/verify/bundle/manifest.ts";
import { packArchive } from "../../../../protocol/verify/bundle/pack.ts";
import { openSources } from "../../../../protocol/verify/bundle/verify.ts";
import { type MeetingView, viewOf } from "../../../../protocol/verify/dispute/view.ts";
import { examineMeeting } from "../../../../protocol/verify/meeting.ts";

/** The files of an archive, its manifest included. */
export const openArchive = readArchive;

/** The manifest as somebody would write it who alters a file and takes care. */
export function rewriteManifest(files: Map<string, Uint8Array>): void {
  const about = readManifest(files);
  files.delete(MANIFEST);
  files.set(MANIFEST, manifestBytes(about, files));
}

/** Packs files with a manifest that agrees with them. */
export function packAgain(files: Map<string, Uint8Array>): Uint8Array {
  rewriteManifest(files);
  return packArchive(files);
}

/** What a meeting's bundle says that bears on claims; verified once for many of them. */
export async function examine(archive: Uint8Array): Promise<MeetingView> {
  const opened = await openBundle(archive);
  const { sources, checks } = await openSources(opened);
  const { report, findings } = await examineMeeting(sources, 1);
  const { timestamp: until } = readHeader(opened.bundle.chain.blocks.at(-1)!.block.header);
  return viewOf(findings!, { until, checks: [...checks.list, ...report.checks] });
}
