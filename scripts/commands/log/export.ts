import fs from "node:fs/promises";
import path from "node:path";
import * as z from "zod";
import { parseCheckpoint } from "../../../protocol/anchor/tlog/checkpoint.ts";
import { NoteInvalid } from "../../../protocol/anchor/tlog/fault.ts";
import { parseNote } from "../../../protocol/anchor/tlog/note.ts";
import { TILE_WIDTH, tilePath, tilesOf } from "../../../protocol/anchor/tlog/tile.ts";
import { Unusable } from "../input.ts";
import { apiBase } from "../service.ts";

// Everything that a log gives out, as files: what `check-dir` reads, and what any web server can serve.

const communityShape = z.object({ log: z.object({ key: z.string() }) });
const headsShape = z.object({
  items: z.array(z.object({ size: z.int(), checkpoint: z.string().nullable() })),
  next: z.int().nullable(),
});

async function ask(url: string): Promise<Response> {
  try {
    const response = await fetch(url);
    if (response.ok) return response;
    throw new Unusable(`${url} answers ${response.status}`);
  } catch (cause) {
    if (cause instanceof Unusable) throw cause;
    throw new Unusable(`no service answers at ${url}; say where with --api`, { cause });
  }
}

async function askJson<Shape>(schema: z.ZodType<Shape>, url: string): Promise<Shape> {
  const result = schema.safeParse(await (await ask(url)).json().catch(() => undefined));
  if (result.success) return result.data;
  throw new Unusable(`${url} does not answer as a log of ours does`);
}

/** Whole or not at all: what is there after a stop is what was given out. */
async function writeFile(folder: string, name: string, bytes: Uint8Array | string): Promise<void> {
  const file = path.join(folder, ...name.split("/"));
  await fs.mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.part`;
  await fs.writeFile(draft, bytes);
  await fs.rename(draft, file);
}

async function exists(folder: string, name: string): Promise<boolean> {
  const found = await fs.stat(path.join(folder, ...name.split("/"))).catch(() => undefined);
  return found?.isFile() ?? false;
}

function sizeOf(checkpoint: string): number {
  try {
    return Number(parseCheckpoint(parseNote(checkpoint).text).size);
  } catch (cause) {
    if (!(cause instanceof NoteInvalid)) throw cause;
    throw new Unusable("the service gives out something else than a checkpoint", { cause });
  }
}

async function exportCheckpoints(base: string, folder: string): Promise<void> {
  for (let before: number | null | undefined; before !== null;) {
    const from = before === undefined ? "" : `&before=${before}`;
    const page = await askJson(headsShape, `${base}/heads?limit=1000${from}`);
    for (const { size, checkpoint } of page.items) {
      if (checkpoint !== null) await writeFile(folder, `checkpoints/${size}`, checkpoint);
    }
    before = page.items.length === 0 ? null : page.next;
  }
}

/**
 * Writes a community's log into a folder; full tiles that are there already are not asked for again. The newest
 * checkpoint is written last. Gives the key that the service says is the log's.
 */
export async function exportLog(
  { community, api }: { community: string; api: string | undefined },
  folder: string,
): Promise<{ key: string; size: number }> {
  const base = `${apiBase(api)}/communities/${encodeURIComponent(community)}`;
  const { key } = (await askJson(communityShape, base)).log;
  const checkpoint = await (await ask(`${base}/log/checkpoint`)).text();
  const size = sizeOf(checkpoint);
  for (const tile of tilesOf(size)) {
    const name = tilePath(tile);
    if (tile.width === TILE_WIDTH && (await exists(folder, name))) continue;
    const response = await ask(`${base}/log/${name}`);
    await writeFile(folder, name, new Uint8Array(await response.arrayBuffer()));
  }
  await exportCheckpoints(base, folder);
  await writeFile(folder, "checkpoint", checkpoint);
  return { key, size };
}
