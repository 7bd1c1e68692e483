import type { Hex } from "viem";
import type { Manifest } from "../../protocol/verify/bundle/manifest.ts";
import type { ArchiveFault } from "../../protocol/verify/bundle/archive.ts";
import type { BundleReport } from "../../protocol/verify/bundle/verify.ts";

/** What is handed in: a bundle file, or the files of the folder that it was unpacked to. */
export type Evidence =
  | { readonly kind: "file"; readonly bytes: Uint8Array }
  | { readonly kind: "folder"; readonly files: ReadonlyMap<string, Uint8Array> };

/** What is to be verified, and what the reader knows of the chain. */
export interface Order {
  readonly evidence: Evidence;
  readonly validators: readonly Hex[];
}

/** What a bundle says that it is about, and the title of its meeting where it has one. */
export type About = Pick<Manifest, "scope" | "community"> & { readonly title: string | undefined };

export interface Finished {
  readonly kind: "report";
  readonly report: BundleReport;
  readonly about: About;
  readonly milliseconds: number;
}

export type Refused =
  | { readonly kind: "refused"; readonly fault: ArchiveFault; readonly entry: string | undefined }
  | { readonly kind: "fault" };

export interface Progress {
  readonly kind: "progress";
  readonly done: number;
  readonly all: number;
}

/** What whoever verifies tells the page. */
export type News = Progress | Finished | Refused;
