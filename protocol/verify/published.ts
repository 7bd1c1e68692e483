import type { PublishedRecord } from "../anchor/record.ts";
import type { ReadRecord } from "./entry.ts";
import type { CheckName, Checks } from "./report.ts";

/** What the chain says of a record: its leaf, and the fields that must read the same there and here. */
export type PublishedClaim<Entry extends PublishedRecord> = {
  name: CheckName;
  subject?: string | number;
  expected: { leaf: string; fields: unknown };
  fields: (record: Entry) => unknown;
  candidates: readonly (ReadRecord & { record: Entry })[];
  proven: ReadonlySet<number>;
  checks: Checks;
};

/**
 * Checks that the record that the chain refers to is published and says what the chain says; gives
 * the record when it does. A record that was found not to be the log's own is not compared again.
 */
export function findPublished<Entry extends PublishedRecord>(
  claim: PublishedClaim<Entry>,
): Entry | undefined {
  const { name, subject = "", expected, candidates, proven, checks } = claim;
  const found = candidates.find(({ leaf }) => leaf === expected.leaf);
  if (!found) {
    const other = candidates.find(({ index }) => proven.has(index));
    if (!other) checks.skip(name, subject, candidates.length > 0 ? "dependsOnFailed" : "missing");
    else {
      const comparison = { expected: expected.leaf, found: other.leaf, detail: "differs" } as const;
      checks.that(false, { name, subject, ...comparison });
    }
    return undefined;
  }
  const fields = claim.fields(found.record);
  const passed = checks.equal({ name, subject, expected: expected.fields, found: fields });
  return passed ? found.record : undefined;
}
