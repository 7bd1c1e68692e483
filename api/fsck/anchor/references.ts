import type { PlainJson } from "../../../protocol/anchor/json.ts";
import type { PublishedRecord } from "../../../protocol/anchor/record.ts";
import { listSealed } from "../../../protocol/anchor/sealed.ts";
import type { FsckContext } from "../subject.ts";

/** Under these names records of every type name documents. */
const DOCUMENT_FIELDS = new Set([
  "sha256",
  "text",
  "lines",
  "source",
  "schedule",
  "document",
  "documents",
  "file",
]);

const HASH = /^0x[0-9a-f]{64}$/;

/** The documents that a record names. */
export function documentsOf(record: PlainJson, name = ""): string[] {
  if (typeof record === "string") {
    return DOCUMENT_FIELDS.has(name) && HASH.test(record) ? [record] : [];
  }
  if (record === null || typeof record !== "object") return [];
  if (Array.isArray(record)) {
    return record.flatMap((part: PlainJson) => documentsOf(part, name));
  }
  return Object.entries(record).flatMap(([field, part]) => documentsOf(part, field));
}

interface Reference {
  hash: string;
  record: number;
}

/** What records refer to must be there: documents, and what stands behind sealed fields. */
export class References {
  readonly #context: FsckContext;
  readonly #community: string;
  #documents: Reference[] = [];
  #sealed: Reference[] = [];

  constructor(context: FsckContext, community: string) {
    this.#context = context;
    this.#community = community;
  }

  /** `text` is the record's own: most name nothing, which is seen without walking through them. */
  note(index: number, text: string, record: PublishedRecord): void {
    if (!text.includes('"0x')) return;
    // A redaction names the hash that stood in another record.
    const sealed = record.type === "redaction" ? [] : listSealed(record);
    this.#sealed.push(...sealed.map((place) => ({ hash: place.sealed, record: index })));
    const documents = documentsOf(record).map((hash) => ({ hash, record: index }));
    this.#documents.push(...documents);
  }

  /** Looks up what was noted since the last time. */
  async compare(): Promise<void> {
    const [documents, sealed] = [this.#documents, this.#sealed];
    [this.#documents, this.#sealed] = [[], []];
    await this.#find("Document", "sha256", documents);
    await this.#find("Disclosure", "sealed", sealed);
  }

  async #find(table: string, column: string, references: readonly Reference[]): Promise<void> {
    if (references.length === 0) return;
    const hashes = [...new Set(references.map(({ hash }) => hash))];
    const rows = await this.#context.snapshot.rows<{ hash: string }>(
      `SELECT "${column}" AS hash FROM "${table}" WHERE "communityId" = $1 AND "${column}" = ANY($2)`,
      [this.#community, hashes],
    );
    const known = new Set(rows.map(({ hash }) => hash));
    for (const { hash, record } of references.filter((reference) => !known.has(reference.hash))) {
      const place = { community: this.#community, table, row: hash };
      this.#context.inspection.missing(place, `named by record ${record}`);
    }
  }
}
