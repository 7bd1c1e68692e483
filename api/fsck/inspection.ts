import { bytesToHex } from "viem";
import { verdictOf } from "./report.ts";
import type { Counted, Finding, FsckReport, NotInspected, Reason } from "./report.ts";

/** More are counted, not kept: the report stays readable and the memory flat. */
const MAX_FINDINGS = 2000;
const MAX_SHOWN = 400;

/** Which row is looked at. */
export interface Place {
  community?: string | undefined;
  table: string;
  row: string;
}

/** A text in which equal values read the same, whatever library gave them. */
export function show(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return bytesToHex(value);
  if (typeof value !== "object") return `${value as number | bigint | boolean}`;
  return JSON.stringify(value, (_name, part: unknown) => {
    if (typeof part === "bigint") return String(part);
    if (part === null || typeof part !== "object" || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

const shorten = (text: string): string =>
  text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…`;

/** Collects what an inspection saw, found and left out. */
export class Inspection {
  readonly findings: Finding[] = [];
  readonly #counts = new Map<string, Counted>();
  readonly #skipped = new Map<string, NotInspected>();
  readonly #onProgress: (table: string, count: number) => void;
  #further = 0;

  constructor(onProgress: (table: string, count: number) => void = () => undefined) {
    this.#onProgress = onProgress;
  }

  count(table: string, community?: string, count = 1): void {
    const key = `${community ?? ""} ${table}`;
    const counted = this.#counts.get(key) ?? { community, table, count: 0 };
    counted.count += count;
    this.#counts.set(key, counted);
    this.#onProgress(table, counted.count);
  }

  find(finding: Finding): void {
    const { expected, found } = finding;
    if (this.findings.length >= MAX_FINDINGS) {
      this.#further += 1;
      return;
    }
    this.findings.push({
      ...finding,
      ...(expected === undefined ? {} : { expected: shorten(expected) }),
      ...(found === undefined ? {} : { found: shorten(found) }),
    });
  }

  missing(place: Place, field?: string): void {
    this.find({ kind: "missing", ...place, field });
  }

  extra(place: Place, field?: string): void {
    this.find({ kind: "extra", ...place, field });
  }

  /** Both sides must read the same; returns whether they do. */
  equal(place: Place & { field: string }, expected: unknown, found: unknown): boolean {
    const [should, is] = [show(expected), show(found)];
    if (should === is) return true;
    this.find({ kind: "differs", ...place, expected: should, found: is });
    return false;
  }

  /** Every field that is expected must read so in the row; returns whether all do. */
  compare(place: Place, row: object, expected: object): boolean {
    const found = row as Record<string, unknown>;
    return Object.entries(expected)
      .map(([field, value]) => this.equal({ ...place, field }, value, found[field]))
      .every(Boolean);
  }

  /** For what only its owner may know: says that it differs, never how. */
  secret(place: Place & { field: string }, passed: boolean): boolean {
    if (!passed) this.find({ kind: "differs", ...place });
    return passed;
  }

  /** Notes something that is not inspected; the same thing is listed once, with how many it was. */
  skip(what: string, why: Reason, { community, count }: Omit<NotInspected, "what" | "why"> = {}) {
    const key = `${community ?? ""} ${what} ${why}`;
    const known = this.#skipped.get(key);
    if (!known) this.#skipped.set(key, { community, what, why, count });
    else if (count !== undefined) known.count = (known.count ?? 0) + count;
  }

  report(
    times: Pick<FsckReport, "startedAt" | "finishedAt">,
    chain: FsckReport["chain"],
  ): FsckReport {
    const notInspected = [...this.#skipped.values()];
    return {
      verdict: verdictOf(this.findings.length, notInspected),
      ...times,
      chain,
      inspected: [...this.#counts.values()],
      findings: this.findings,
      furtherFindings: this.#further,
      notInspected,
    };
  }
}
