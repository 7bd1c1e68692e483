import { sha256 } from "viem";
import { wantedDocuments } from "./entry.ts";
import type { Evidence } from "./evidence.ts";
import type { Checks } from "./report.ts";

/** Every document that the records name is there and has the named hash. */
export function checkDocuments(evidence: Evidence, checks: Checks): void {
  for (const hash of new Set(wantedDocuments(evidence.records))) {
    const bytes = evidence.documents.get(hash);
    if (!bytes) checks.skip("document", hash, "missing");
    else checks.equal({ name: "document", subject: hash, expected: hash, found: sha256(bytes) });
  }
}
