import { createHash } from "node:crypto";
import fs from "node:fs/promises";
import path from "node:path";
import type { Hex } from "viem";

/** Files under the hash of their content; what lies there once never changes. */
export class FileStore {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  #pathOf(hash: Hex): string {
    return path.join(this.#directory, hash.slice(2, 4), hash.slice(4));
  }

  /** On disk for good when this returns: content first, then its name, then the folder's entry. */
  async put(hash: Hex, bytes: Uint8Array): Promise<void> {
    const file = this.#pathOf(hash);
    await fs.mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    const draft = `${file}.${crypto.randomUUID()}`;
    const handle = await fs.open(draft, "wx", 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.rename(draft, file);
    await syncDirectory(path.dirname(file));
  }

  async get(hash: Hex): Promise<Buffer> {
    return fs.readFile(this.#pathOf(hash));
  }
}

async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === "win32") return; // Windows does not open directories.
  const handle = await fs.open(directory, "r");
  await handle.sync().finally(() => handle.close());
}

export function sha256Of(bytes: Uint8Array): Hex {
  return `0x${createHash("sha256").update(bytes).digest("hex")}`;
}
