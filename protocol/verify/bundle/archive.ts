// A bundle is a zip file of one strict form: entries one after the other, each compressed by deflate,
// then a directory that says the same of each of them. What any other program unpacks is then what
// is verified here: a file with two entries of one name, or whose directory disagrees with its
// entries, or with anything between them, is not read at all.

/** Why a file is not read as an evidence bundle. */
export const ARCHIVE_FAULTS = [
  "notAnArchive",
  "unsafeName",
  "duplicateName",
  "tooLarge",
  "damaged",
  "noManifest",
  "badManifest",
] as const;

/** Why a file is not read as an evidence bundle. */
export type ArchiveFault = (typeof ARCHIVE_FAULTS)[number];

/** Says that a file is not read as an evidence bundle; `entry` is the name that it is about. */
export class ArchiveInvalid extends Error {
  readonly code = "ArchiveInvalid";
  readonly fault: ArchiveFault;
  readonly entry: string | undefined;
  constructor(fault: ArchiveFault, entry?: string, options?: ErrorOptions) {
    super(`not an evidence bundle: ${fault}${entry === undefined ? "" : ` ${entry}`}`, options);
    this.fault = fault;
    this.entry = entry;
  }
}

/** How much is unpacked at most: more than a bundle has, less than what would stop a device. */
export const LIMITS = { files: 65_000, fileBytes: 256_000_000, totalBytes: 1_000_000_000 } as const;

const LOCAL = { signature: 0x04034b50, bytes: 30 } as const;
const CENTRAL = { signature: 0x02014b50, bytes: 46 } as const;
const END = { signature: 0x06054b50, bytes: 22 } as const;
const DEFLATE = 8;

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/;
const MAX_NAME = 200;

/** Whether a name stays within the folder that an archive is unpacked to, on every system. */
export function isSafeName(name: string): boolean {
  return name.length <= MAX_NAME && NAME.test(name);
}

/** A line of the directory. The fields of an entry's own head stand in it in the same order. */
type Entry = { name: string; shared: Uint8Array; packedSize: number; size: number; offset: number };

class Reader {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #require(condition: boolean, entry?: string): void {
    if (!condition) throw new ArchiveInvalid("damaged", entry);
  }

  #u16(at: number): number {
    return this.#view.getUint16(at, true);
  }

  #u32(at: number): number {
    return this.#view.getUint32(at, true);
  }

  /** Where the directory lies and how many lines it has. The end of the file is the end of the archive. */
  directory(): { count: number; offset: number; end: number } {
    const at = this.bytes.length - END.bytes;
    const isZip = at >= 0 && this.#u32(0) === (at === 0 ? END : LOCAL).signature;
    if (!isZip) throw new ArchiveInvalid("notAnArchive");
    if (this.#u32(at) !== END.signature) throw new ArchiveInvalid("damaged");
    const count = this.#u16(at + 10);
    const offset = this.#u32(at + 16);
    this.#require(this.#u16(at + 8) === count && offset + this.#u32(at + 12) === at);
    return { count, offset, end: at };
  }

  #name(at: number, length: number): string {
    return new TextDecoder().decode(this.bytes.subarray(at, at + length));
  }

  entry(at: number): { entry: Entry; next: number } {
    this.#require(at + CENTRAL.bytes <= this.bytes.length && this.#u32(at) === CENTRAL.signature);
    const nameLength = this.#u16(at + 28);
    const name = this.#name(at + CENTRAL.bytes, nameLength);
    if (!isSafeName(name)) throw new ArchiveInvalid("unsafeName", name);
    // No extra fields and no comment, which other programs might read as another name or size.
    this.#require(this.#u32(at + 30) === 0 && this.#u16(at + 10) === DEFLATE, name);
    this.#require(this.#u16(at + 8) === 0, name);
    const sizes = { packedSize: this.#u32(at + 20), size: this.#u32(at + 24) };
    const shared = this.bytes.subarray(at + 6, at + 30);
    const entry = { name, shared, ...sizes, offset: this.#u32(at + 42) };
    return { entry, next: at + CENTRAL.bytes + nameLength };
  }

  /** The packed bytes of an entry, which must begin at `at`, where the one before it ended. */
  packed({ name, shared, packedSize, offset }: Entry, at: number): Uint8Array {
    const start = at + LOCAL.bytes + name.length;
    this.#require(offset === at && start + packedSize <= this.bytes.length, name);
    const own = this.bytes.subarray(at + 4, at + 4 + shared.length);
    const same = own.every((byte, i) => byte === shared[i]);
    const named = this.#name(at + LOCAL.bytes, name.length) === name && this.#u16(at + 28) === 0;
    this.#require(this.#u32(at) === LOCAL.signature && same && named, name);
    return this.bytes.subarray(start, start + packedSize);
  }
}

/** Unpacks no more than was announced, piece by piece, so that a small file cannot fill the memory. */
async function unpack({ name, size }: Entry, packed: Uint8Array): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let at = 0;
  try {
    // The cast: this memory is not shared, which is all that the types ask for.
    const stream = new Blob([packed as Uint8Array<ArrayBuffer>]).stream();
    const reader = stream.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (at + part.value.length > size) {
        await reader.cancel();
        throw new RangeError("larger than announced");
      }
      bytes.set(part.value, at);
      at += part.value.length;
    }
    if (at !== size) throw new RangeError("smaller than announced");
  } catch (cause) {
    throw new ArchiveInvalid("damaged", name, { cause });
  }
  return bytes;
}

function listEntries(reader: Reader): { entries: Entry[]; start: number } {
  const { count, offset, end } = reader.directory();
  if (count > LIMITS.files) throw new ArchiveInvalid("tooLarge");
  const entries: Entry[] = [];
  let at = offset;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const { entry, next } = reader.entry(at);
    total += entry.size;
    const large = entry.size > LIMITS.fileBytes || total > LIMITS.totalBytes;
    if (large) throw new ArchiveInvalid("tooLarge", entry.name);
    entries.push(entry);
    at = next;
  }
  if (at !== end) throw new ArchiveInvalid("damaged");
  return { entries, start: offset };
}

/** Unpacks an archive: its files by name. Rejects with `ArchiveInvalid`. */
export async function readArchive(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const reader = new Reader(bytes);
  const { entries, start } = listEntries(reader);
  const files = new Map<string, Uint8Array>();
  const folded = new Set<string>();
  let at = 0;
  for (const entry of entries) {
    // Some systems take names that differ in capitals only for one.
    const name = entry.name.toLowerCase();
    if (folded.has(name)) throw new ArchiveInvalid("duplicateName", entry.name);
    folded.add(name);
    const packed = reader.packed(entry, at);
    files.set(entry.name, await unpack(entry, packed));
    at += LOCAL.bytes + entry.name.length + packed.length;
  }
  if (at !== start) throw new ArchiveInvalid("damaged");
  return files;
}
