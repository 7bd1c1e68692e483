import fs from "node:fs";
import { fileURLToPath } from "node:url";
import type { CheckpointFile } from "../../../../protocol/anchor/tlog/folder.ts";
import type { TileStore } from "../../../../protocol/anchor/tlog/tileCheck.ts";

/** A log's folder held in memory, so that tests can change it. */
export class MemoryFolder implements TileStore {
  readonly files: Map<string, Uint8Array>;

  constructor(files: Iterable<readonly [string, Uint8Array]>) {
    this.files = new Map(files);
  }

  /** A folder of test/vectors/c2sp. */
  static ofVectors(name: string): MemoryFolder {
    const folder = fileURLToPath(new URL(`../../../vectors/c2sp/${name}/`, import.meta.url));
    const names = fs.readdirSync(folder, { recursive: true }) as string[];
    const files = names.filter((file) => fs.statSync(folder + file).isFile());
    return new MemoryFolder(files.map((file) => [file, fs.readFileSync(folder + file)]));
  }

  copy(): MemoryFolder {
    return new MemoryFolder([...this.files].map(([name, bytes]) => [name, new Uint8Array(bytes)]));
  }

  text(name: string): string {
    return new TextDecoder().decode(this.files.get(name));
  }

  async list(): Promise<string[]> {
    return [...this.files.keys()].filter((name) => name.startsWith("tile/"));
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    return this.files.get(name);
  }

  checkpoints(): CheckpointFile[] {
    const names = [...this.files.keys()].filter((name) => name.startsWith("checkpoint"));
    return names.map((path) => ({ path, text: this.text(path) }));
  }
}
