import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { giveTo, spawnAs } from "./account.ts";
import type { Account } from "./account.ts";
import type { PostgresBinaries } from "./binaries.ts";
import { errorCode } from "./failure.ts";

export interface Cluster {
  directory: string;
  binaries: PostgresBinaries;
  account: Account | undefined;
}

export function hasCluster(directory: string): boolean {
  return fs.existsSync(path.join(directory, "PG_VERSION"));
}

/** initdb works beside the final place, so that a start cut short leaves nothing that looks like a cluster. */
export async function createCluster({ directory, binaries, account }: Cluster): Promise<void> {
  fs.mkdirSync(path.dirname(directory), { recursive: true });
  removeOldDrafts(directory);
  const draft = fs.mkdtempSync(draftPrefix(directory));
  try {
    giveTo(account, draft);
    await runInitdb({ directory: draft, binaries, account });
    moveIntoPlace(draft, directory);
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

async function runInitdb({ directory, binaries, account }: Cluster): Promise<void> {
  const child = spawnAs(account, {
    file: binaries.initdb,
    // The directory is closed to everyone else, so whoever reaches the socket is trusted.
    args: ["-D", directory, "-U", "postgres", "--locale=C", "-E", "UTF8", "--auth=trust"],
    reaches: [directory],
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) {
    throw new Error(`The embedded database could not be created (initdb: ${code}):\n${output}`);
  }
}

function moveIntoPlace(draft: string, directory: string): void {
  try {
    fs.renameSync(draft, directory);
  } catch (error) {
    // A second start of the service was quicker: its cluster is as good as ours.
    if (errorCode(error) !== "ENOTEMPTY" && errorCode(error) !== "EEXIST") throw error;
    if (!hasCluster(directory)) {
      throw new Error(`${directory} holds something that is not a database.`, { cause: error });
    }
  }
}

const draftPrefix = (directory: string): string => `${directory}.new-`;
const OLD_DRAFT_SECONDS = 3600;

function removeOldDrafts(directory: string): void {
  const parent = path.dirname(directory);
  for (const name of fs.readdirSync(parent)) {
    const draft = path.join(parent, name);
    if (!draft.startsWith(draftPrefix(directory))) continue;
    const ageSeconds = (Date.now() - fs.statSync(draft).mtimeMs) / 1000;
    if (ageSeconds > OLD_DRAFT_SECONDS) fs.rmSync(draft, { recursive: true, force: true });
  }
}
