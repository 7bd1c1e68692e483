import { createHash } from "node:crypto";
import type { Dirent } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import type { Document } from "../../database/generated/client.ts";
import { errorCode } from "../../database/failure.ts";
import type { FsckContext } from "../subject.ts";

const DOCUMENTS = `SELECT * FROM "Document" ORDER BY "communityId", "sha256"`;
/** A file is written before its row: what is younger than this may be on its way. */
const GRACE_MILLISECONDS = 60_000;

/** Every document has its file, and the file is what was stored. */
export async function inspectDocuments(context: FsckContext): Promise<void> {
  const { snapshot, inspection } = context;
  for await (const row of snapshot.stream<Document>(DOCUMENTS)) {
    const { communityId: community, sha256, file } = row;
    inspection.count("Document", community);
    const place = { community, table: "Document", row: sha256 };
    if (!row.confidential) inspection.equal({ ...place, field: "file" }, sha256, file);
    const bytes = await readFile(context, file);
    const stored = { community, table: "files", row: nameOf(file) };
    if (!bytes) {
      inspection.missing(stored);
      continue;
    }
    inspection.count("files", community);
    if (!inspection.equal({ ...stored, field: "content" }, file, sha256Of(bytes))) continue;
    const content = row.confidential ? openConfidential(context, row, bytes) : bytes;
    if (!content) continue;
    inspection.equal({ ...place, field: "sha256" }, sha256Of(content), sha256);
    inspection.equal({ ...place, field: "bytes" }, content.length, row.bytes);
  }
}

/** Undefined: cannot be opened here. Its own bytes were compared all the same. */
function openConfidential(
  { cipher, inspection }: FsckContext,
  { communityId: community, sha256 }: Document,
  bytes: Buffer,
): Buffer | undefined {
  if (!cipher) {
    inspection.skip("Document content", "noKey", { community, count: 1 });
    return undefined;
  }
  try {
    return cipher.openBytes(bytes, sha256);
  } catch {
    const place = { community, table: "Document", row: sha256, field: "sha256 or key" };
    inspection.secret(place, false);
    return undefined;
  }
}

const sha256Of = (bytes: Uint8Array): string =>
  `0x${createHash("sha256").update(bytes).digest("hex")}`;

const nameOf = (hash: string): string => path.join(hash.slice(2, 4), hash.slice(4));

/** A public document by its hash, where its file is the one that was stored; else it is named with the documents. */
export async function readDocument(
  context: FsckContext,
  sha256: string,
): Promise<Buffer | undefined> {
  const bytes = await readFile(context, sha256);
  return bytes && sha256Of(bytes) === sha256 ? bytes : undefined;
}

async function readFile({ dataDirectory }: FsckContext, hash: string): Promise<Buffer | undefined> {
  try {
    return await fs.readFile(path.join(dataDirectory, "files", nameOf(hash)));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Every file has a document. */
export async function inspectFiles(context: FsckContext): Promise<void> {
  const directory = path.join(context.dataDirectory, "files");
  for (const folder of await list(directory)) {
    const files = folder.isDirectory() ? await list(path.join(directory, folder.name)) : [];
    const names = files.map(({ name }) => path.join(folder.name, name));
    if (!folder.isDirectory()) names.push(folder.name);
    await inspectNames(context, directory, names);
  }
}

async function list(directory: string): Promise<Dirent[]> {
  try {
    return await fs.readdir(directory, { withFileTypes: true });
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}

async function inspectNames(
  { snapshot, inspection, startedAt }: FsckContext,
  directory: string,
  names: readonly string[],
): Promise<void> {
  const hashes = names.map((name) => `0x${name.replaceAll(path.sep, "")}`);
  const rows = await snapshot.rows<{ file: string }>(
    `SELECT DISTINCT "file" FROM "Document" WHERE "file" = ANY($1)`,
    [hashes],
  );
  const known = new Set(rows.map(({ file }) => file));
  for (const [i, name] of names.entries()) {
    if (known.has(hashes[i]!)) continue;
    const { mtimeMs } = await fs.stat(path.join(directory, name));
    if (mtimeMs > startedAt.getTime() - GRACE_MILLISECONDS) {
      inspection.skip("files", "underWay", { count: 1 });
    } else inspection.extra({ table: "files", row: name });
  }
}
