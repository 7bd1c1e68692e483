import { openChainView } from "./chain/view.ts";
import type { ChainView } from "./chain/view.ts";
import type { Community } from "../database/generated/client.ts";
import { Inspection } from "./inspection.ts";
import { findCipher } from "./installation.ts";
import type { FsckReport } from "./report.ts";
import { Snapshot, TableUnreadable } from "./snapshot.ts";
import type { FsckContext } from "./subject.ts";
import { ACROSS, SUBJECTS, TABLES } from "./subjects.ts";

export interface FsckOptions {
  databaseUrl: string;
  dataDirectory: string;
  /** Of an external chain; the embedded one is replayed here. */
  rpcUrl?: string | undefined;
  /** Names of subjects; all of them where it is left out. What is not asked for is listed as not inspected. */
  only?: readonly string[] | undefined;
  /** The chain, for a caller who has replayed it already. */
  view?: ChainView | undefined;
  onProgress?: ((table: string, count: number) => void) | undefined;
  /** Told of what ended a part: it may quote what it stumbled over, which a report must not. */
  onError?: ((error: unknown) => void) | undefined;
}

/** Reads everything that an installation keeps, recomputes what follows from it, and names each thing that differs. */
export async function runFsck(options: FsckOptions): Promise<FsckReport> {
  const { databaseUrl, dataDirectory, onError } = options;
  const startedAt = new Date();
  const inspection = new Inspection(options.onProgress);
  const snapshot = await Snapshot.open(databaseUrl);
  const cipher = findCipher(dataDirectory);
  const frame = { snapshot, inspection, cipher, dataDirectory, startedAt, onError };
  const blank: FsckContext = { ...frame, communities: new Map(), chain: undefined };
  let chain = options.view;
  try {
    chain ??= await guarded(blank, "chain", (own) =>
      openChainView({ ...own, rpcUrl: options.rpcUrl }),
    );
    const communities = (await guarded(blank, "communities", readCommunities)) ?? new Map();
    await inspectSubjects({ ...blank, chain, communities }, options.only);
  } finally {
    await snapshot.close();
    if (chain !== options.view) await chain?.close();
  }
  const times = { startedAt: startedAt.toISOString(), finishedAt: new Date().toISOString() };
  const seen = chain ? { kind: chain.kind, block: String(chain.block) } : null;
  return inspection.report(times, seen);
}

async function inspectSubjects(context: FsckContext, only: FsckOptions["only"]): Promise<void> {
  const isWanted = (name: string): boolean => only === undefined || only.includes(name);
  await listTables(context);
  for (const { name, inspect } of [...SUBJECTS, ...ACROSS]) {
    if (isWanted(name)) await guarded(context, name, inspect);
    else context.inspection.skip(name, "notAsked");
  }
}

/**
 * Inspects one part. A table that cannot be read, or a row so damaged that nothing can be made of it, ends that part
 * alone, and is named.
 */
async function guarded<Result>(
  context: FsckContext,
  what: string,
  inspect: (context: FsckContext) => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await context.snapshot.within(() => inspect(context));
  } catch (error) {
    context.onError?.(error);
    await nameUnreadable(context, what, error);
    context.inspection.skip(`${what}, the rest of it`, "unreadable");
    return undefined;
  }
}

async function nameUnreadable(
  { inspection, snapshot }: FsckContext,
  what: string,
  error: unknown,
): Promise<void> {
  if (error instanceof TableUnreadable) {
    const table = (await snapshot.findTable(error)) ?? what;
    const { code: row, message: found } = error;
    inspection.find({ kind: "unreadable", table, row, found });
  } else {
    const found = error instanceof Error ? error.name : "";
    inspection.find({ kind: "unreadable", table: what, row: "", found });
  }
}

async function readCommunities({ snapshot }: FsckContext): Promise<Map<string, Community>> {
  const rows = await snapshot.rows<Community>(`SELECT * FROM "Community"`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Tables that this version does not know are not passed over; what nobody can compare is named. */
async function listTables({ snapshot, inspection }: FsckContext): Promise<void> {
  const rows = await snapshot.rows<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename <> '_prisma_migrations'`,
  );
  for (const { name } of rows) {
    const note = TABLES.get(name);
    if (!note) inspection.skip(name, "unknownTable");
    else if (typeof note === "string") inspection.skip(name, note);
    else for (const column of note.onlyHere) inspection.skip(`${name}.${column}`, "onlyHere");
  }
}
