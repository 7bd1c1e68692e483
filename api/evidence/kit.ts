import fs from "node:fs/promises";
import path from "node:path";

/** What lies in every bundle beside the evidence: the verifier as one page with its part, and how to use it. */
export type Kit = ReadonlyMap<string, Uint8Array>;

const FILES = ["README.txt", "verifier.html", "verifier.js"];

/** The verifier as the build left it; empty where nothing was built, as in tests of the service alone. */
export async function readKit(directory: string): Promise<Kit> {
  const kit = new Map<string, Uint8Array>();
  for (const name of FILES) {
    try {
      kit.set(name, await fs.readFile(path.join(directory, name)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
  return kit;
}
