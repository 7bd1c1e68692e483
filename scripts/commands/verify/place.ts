import fs from "node:fs/promises";
import path from "node:path";
import { RpcProver } from "../../../protocol/verify/block/rpcProver.ts";
import type { ChainProver } from "../../../protocol/verify/block/prover.ts";
import { ArchiveInvalid } from "../../../protocol/verify/bundle/archive.ts";
import {
  type OpenedBundle,
  openBundle,
  openFiles,
} from "../../../protocol/verify/bundle/bundle.ts";
import { HttpRecordSource } from "../../../protocol/verify/http.ts";
import { RpcChainSource, requestOver } from "../../../protocol/verify/rpc.ts";
import type { Sources } from "../../../protocol/verify/source.ts";
import { Unusable, readFile } from "../input.ts";
import { apiBase, findOnlyCommunity } from "../service.ts";

/** How the lines about `<where>` read in a command's help. */
export const WHERE_HELP = `  [--api <url>]                       a service (http://localhost:8080 unless told), its node included
      [--community <id>]              which of its communities, where it has more than one
      [--rpc <url>]                   another node than the service's`;

/** The options that say where records and chain are read. */
export const PLACE_OPTIONS = {
  api: { type: "string" },
  community: { type: "string" },
  rpc: { type: "string" },
} as const;

export type PlaceOptions = { [name in keyof typeof PLACE_OPTIONS]?: string | undefined };

async function readFolder(folder: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const entry of await fs.readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, file).split(path.sep).join("/");
    files.set(name, await fs.readFile(file));
  }
  return files;
}

/** Opens a bundle: the file as it was given, or the folder that it was unpacked to. */
export async function openBundleAt(place: string): Promise<OpenedBundle> {
  try {
    const isFolder = (await fs.stat(place).catch(() => undefined))?.isDirectory();
    return isFolder ? openFiles(await readFolder(place)) : await openBundle(await readFile(place));
  } catch (cause) {
    if (!(cause instanceof ArchiveInvalid)) throw cause;
    throw new Unusable(`${place} is ${cause.message}`, { cause });
  }
}

/** A service's published records and a node's chain. */
export async function openService({
  api,
  community,
  rpc,
}: PlaceOptions): Promise<Sources & { prover: ChainProver; community: string }> {
  const base = apiBase(api);
  const id = community ?? (await findOnlyCommunity(base));
  const request = requestOver(rpc ?? `${base}/rpc`);
  return {
    community: id,
    records: new HttpRecordSource({ api: base, community: id }),
    chain: new RpcChainSource(request),
    prover: new RpcProver(request),
  };
}
