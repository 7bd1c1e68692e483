import type { BundleReport } from "../../protocol/verify/bundle/verify.ts";

/** What the page asks of the worker that recounts. */
export type RecountOrder =
  | {
      readonly kind: "service";
      readonly api: string;
      readonly node: string;
      readonly community: string;
      readonly meeting: number;
    }
  | { readonly kind: "file"; readonly bytes: Uint8Array<ArrayBuffer> };

/** `reading` counts what was read, `verifying` the signatures checked of all that there are. */
export type RecountProgress =
  | { readonly kind: "reading"; readonly done: number }
  | { readonly kind: "verifying"; readonly done: number; readonly all: number };

export interface RecountResult {
  readonly kind: "report";
  /** Of a file with all parts in one list, and what the claim of a dispute file came to. */
  readonly report: Omit<BundleReport, "meetings">;
  readonly from: RecountOrder["kind"];
  /** The last block that was looked at; undefined where no node answered. */
  readonly block: bigint | undefined;
  /** When it was finished, in Unix seconds. */
  readonly at: number;
  readonly milliseconds: number;
}

export type RecountNews =
  RecountProgress | RecountResult | { readonly kind: "failure"; readonly code: string };
