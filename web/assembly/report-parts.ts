import type { Check, Report } from "../../protocol/verify/report.ts";
import type { VerdictKind } from "../shell/verdict-kind.ts";

// What of a report is shown where, for the page and for the verifier that opens from disk.

/** What cannot be checked because it has not happened yet. */
export function isEarly({ status, detail }: Check): boolean {
  return status === "notChecked" && detail === "notYet";
}

/** The word for a report: what could not be checked yet is pending, what cannot be checked is not. */
export function verdictOf({ verdict, checks }: Report): VerdictKind {
  if (verdict === "ok") return "consistent";
  if (verdict === "failed") return "inconsistent";
  const open = checks.filter(({ status }) => status === "notChecked");
  const onlyEarly = open.length > 0 && open.every(isEarly);
  return onlyEarly ? "pending" : "unverifiable";
}

/** The sign before a check. */
export function markOf(check: Check): string {
  if (isEarly(check)) return "…";
  return { ok: "✔", failed: "✘", notChecked: "?" }[check.status];
}

/** The class of a check's line. */
export function classOf({ status }: Check): string {
  return { ok: "check-pass", failed: "check-fail", notChecked: "check-unknown" }[status];
}

/** Checks of one name, so that a thousand batches do not bury the rest. */
export interface CheckGroup {
  readonly name: Check["name"];
  readonly checks: readonly Check[];
}

/** Checks of one name in a row become one group. */
export function groupChecks(checks: readonly Check[]): CheckGroup[] {
  const groups = Map.groupBy(checks, ({ name }) => name);
  return [...groups].map(([name, members]) => ({ name, checks: members }));
}

/** How many checks ended how. */
export function countChecks(checks: readonly Check[]) {
  const failed = checks.filter(({ status }) => status === "failed").length;
  const early = checks.filter(isEarly).length;
  const open = checks.filter(({ status }) => status === "notChecked").length - early;
  return { all: checks.length, failed, open, early, passed: checks.length - failed - open - early };
}

/** What differs within a check: the field, or nothing where the whole is one value. */
export interface Difference {
  readonly field: string;
  readonly expected: string;
  readonly found: string;
}

function parseFields(text: string): object | undefined {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

const show = (value: unknown): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? "");

function compare(expected: unknown, found: unknown, field: string): Difference[] {
  const isTree = (value: unknown): value is object => typeof value === "object" && value !== null;
  if (!isTree(expected) || !isTree(found)) {
    const both = { expected: show(expected), found: show(found) };
    return both.expected === both.found ? [] : [{ field, ...both }];
  }
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  const at = (tree: object, name: string): unknown => (tree as Record<string, unknown>)[name];
  return names.flatMap((name) => {
    return compare(at(expected, name), at(found, name), field === "" ? name : `${field}.${name}`);
  });
}

/** What was expected and found, of structured values only the fields that differ. */
export function listDifferences({
  status,
  detail,
  expected = "",
  found = "",
}: Check): Difference[] {
  const [left, right] = [parseFields(expected), parseFields(found)];
  if (status === "failed" && left && right) return compare(left, right, "");
  // A fault stands in words already.
  return [{ field: "", expected, found: found === detail ? "" : found }];
}
