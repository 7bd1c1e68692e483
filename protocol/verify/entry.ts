import type { Hex } from "viem";
import { parseCanonical } from "../anchor/json.ts";
import { type PublishedRecord, recordLeaf, recordSchema } from "../anchor/record.ts";
import { type SealedPlace, listSealed } from "../anchor/sealed.ts";
import type { RecordEntry } from "./source.ts";

/** A record with its recomputed leaf; `record` is undefined when the text is no valid record. */
export type ReadRecord = RecordEntry & { leaf: Hex; record: PublishedRecord | undefined };

/** The sealed fields of a record; none where the record could not be read. */
export function sealedFields({ record }: Pick<ReadRecord, "record">): SealedPlace[] {
  // A redaction names the hash that stood in another record; it seals nothing itself.
  return !record || record.type === "redaction" ? [] : listSealed(record);
}

/** Reads a record's text; a text that is no canonical record keeps its leaf and has no record. */
export function readRecord({ index, text, disclosures }: RecordEntry): ReadRecord {
  const bytes = new TextEncoder().encode(text);
  const leaf = recordLeaf(bytes);
  try {
    const record = recordSchema.parse(parseCanonical(bytes));
    return { index, text, leaf, record, disclosures };
  } catch {
    return { index, text, leaf, record: undefined, disclosures };
  }
}

/** Documents that the records name. */
export function wantedDocuments(records: readonly ReadRecord[]): Hex[] {
  const hashes = records.flatMap(({ record }) => {
    if (record?.type === "roll") return [record.lines, record.source];
    if (record?.type !== "meeting") return [];
    return record.motions.flatMap((motion) => {
      const scope = motion.plan ? [motion.plan.scope.sha256] : [];
      return [motion.text, ...motion.documents.map((document) => document.sha256), ...scope];
    });
  });
  return hashes as Hex[];
}
