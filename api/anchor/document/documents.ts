import type { Hex } from "viem";
import type { Cipher } from "../../cipher.ts";
import type { Clock } from "../../clock.ts";
import type { Db, Tx } from "../../database/client.ts";
import { DomainError } from "../../http/errors.ts";
import type { NewDocument, StoredDocument } from "../service.ts";
import { sha256Of } from "./files.ts";
import type { FileStore } from "./files.ts";

export interface DocumentDeps {
  db: Db;
  files: FileStore;
  cipher: Cipher;
  clock: Clock;
}

/** Documents of communities, found by their SHA-256. */
export class Documents {
  readonly #deps: DocumentDeps;

  constructor(deps: DocumentDeps) {
    this.#deps = deps;
  }

  /** The file is on disk before the row can be committed; a file without a row harms nobody. */
  async put(tx: Tx, document: NewDocument): Promise<{ sha256: Hex }> {
    const { communityId, name, mediaType, bytes, confidential = false } = document;
    const sha256 = sha256Of(bytes);
    const where = { communityId_sha256: { communityId, sha256 } };
    if (await tx.document.findUnique({ where })) return { sha256 };
    const content = confidential ? this.#deps.cipher.seal(bytes, sha256) : bytes;
    const file = sha256Of(content);
    await this.#deps.files.put(file, content);
    const createdAt = this.#deps.clock.now();
    const traits = { name, mediaType, bytes: bytes.length, file, confidential, createdAt };
    const data = [{ communityId, sha256, ...traits }];
    await tx.document.createMany({ data, skipDuplicates: true });
    return { sha256 };
  }

  async get(communityId: string, sha256: Hex): Promise<StoredDocument> {
    const where = { communityId_sha256: { communityId, sha256 } };
    const row = await this.#deps.db.document.findUnique({ where });
    if (!row) throw new DomainError("DocumentNotFound", { sha256 });
    const content = await this.#deps.files.get(row.file as Hex);
    if (sha256Of(content) !== row.file)
      throw new Error(`The file ${row.file} was changed on disk.`);
    const { name, mediaType, confidential } = row;
    const bytes = confidential ? this.#deps.cipher.openBytes(content, sha256) : content;
    return { name, mediaType, confidential, bytes };
  }
}
