import { type Zippable, zipSync } from "fflate";
import { LIMITS, isSafeName } from "./archive.ts";

/** Packs files into the one form of archive that `readArchive` reads; the same files give the same bytes. */
export function packArchive(files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const names = [...files.keys()].sort((a, b) => (a < b ? -1 : 1));
  const unsafe = names.find((name) => !isSafeName(name));
  if (unsafe !== undefined) throw new RangeError(`not a name for an entry: ${unsafe}`);
  if (names.length > LIMITS.files) throw new RangeError("too many files for one archive");
  // The earliest that the format can say. The library writes local time, so it is made of local time.
  const mtime = new Date(1980, 0, 1);
  const entries: Zippable = {};
  for (const name of names) entries[name] = [files.get(name)!, { mtime, level: 6 }];
  return zipSync(entries);
}
