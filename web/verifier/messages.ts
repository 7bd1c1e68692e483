import type { Hex } from "viem";
import type { ArchiveFault } from "../../protocol/verify/bundle/archive.ts";
import type { Manifest } from "../../protocol/verify/bundle/manifest.ts";
import type { BundleReport } from "../../protocol/verify/bundle/verify.ts";
import type { CheckName } from "../../protocol/verify/report.ts";
import type { Language } from "../language/preference.ts";
import type { VerdictKind } from "../shell/verdict-kind.ts";

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

/** What the claim of a dispute file came to: `parts` are headings, each with its lines. */
export interface ClaimText {
  readonly claim: string;
  readonly says: string;
  readonly outcome: string;
  readonly found: string;
  readonly parts: readonly { readonly title: string; readonly lines: readonly string[] }[];
}

/** What the page has no words for and the part brings along. */
export interface PartWords {
  readonly names: Partial<Record<CheckName, string>>;
  readonly own: { readonly agree: string; readonly disagree?: string };
  readonly claim: ClaimText | undefined;
}

export interface Finished {
  readonly kind: "report";
  readonly report: BundleReport;
  readonly about: About;
  readonly milliseconds: number;
  readonly words?: Record<Language, PartWords>;
  /** How the outcome of a claim looks. */
  readonly look?: VerdictKind | undefined;
}

/** Why a file is not verified: `needsPart` where the part that it needs does not lie in it. */
export type Fault = ArchiveFault | "needsPart";

export type Refused =
  | { readonly kind: "refused"; readonly fault: Fault; readonly entry?: string | undefined }
  | { readonly kind: "fault" };

export interface Progress {
  readonly kind: "progress";
  readonly done: number;
  readonly all: number;
}

/** What whoever verifies tells the page. */
export type News = Progress | Finished | Refused;

/** What verifies a file that the page does not verify by itself: a script that lies in that file. */
export interface Part {
  readonly kind: "part";
  readonly script: Uint8Array<ArrayBuffer>;
}
