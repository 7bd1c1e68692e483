import { communityPath } from "../../registry/community.ts";
import { request } from "../../service/request.ts";
import {
  anything,
  area,
  flag,
  instant,
  integer,
  list,
  maybe,
  object,
  record,
  text,
  type Read,
} from "../../service/shape.ts";

const remark = object({ line: integer, code: text, params: record(anything) });

const mergedShape = object({
  owners: list(text),
  units: integer,
  examples: list(text),
  area,
});

const reportShape = object({
  columns: list(object({ title: text, field: maybe(text) })),
  clean: flag,
  units: integer,
  area,
  voters: integer,
  votingArea: area,
  buildings: list(object({ building: text, units: integer, heads: integer, area })),
  merged: object({ voters: integer, units: integer, largest: list(mergedShape) }),
  coOwned: integer,
  developer: object({ units: integer, area }),
  overlapping: list(mergedShape),
  rejected: list(remark),
  warnings: list(remark),
});

const importShape = object({ id: text, createdAt: instant, report: reportShape });

export type Import = Read<typeof importShape>;
export type ImportReport = Import["report"];
export type Remark = Read<typeof remark>;
export type Merged = Read<typeof mergedShape>;

/** What columns may hold, and the classes of use, as the service names them. */
export const FIELDS = [
  "building",
  "entrance",
  "number",
  "area",
  "use",
  "owners",
  "identities",
  "phones",
  "unsold",
] as const;
export const USES = ["residence", "shop", "office", "parking", "storage", "other"] as const;
export type Field = (typeof FIELDS)[number];
export type Use = (typeof USES)[number];

/** How a table is to be read. */
export interface Reading {
  /** Field → title of its column. */
  readonly mapping: Partial<Readonly<Record<Field, string>>>;
  /** Classes of use that vote. */
  readonly uses: readonly Use[];
  /** The developer's identity number, where it stands as an owner; empty where it does not. */
  readonly developer: string;
}

/** Hands in a table; nothing is made of it before somebody has seen the preview. */
export function previewRoll(community: string, file: File, reading: Reading): Promise<Import> {
  const form = new FormData();
  const { mapping, uses, developer } = reading;
  if (Object.keys(mapping).length > 0) form.set("mapping", JSON.stringify(mapping));
  form.set("uses", JSON.stringify(uses));
  if (developer.trim() !== "") form.set("developer", developer.trim());
  form.set("file", file);
  return request(communityPath(community, "/imports"), importShape, { method: "POST", form });
}

/** Earlier imports, the newest first: where a wizard goes on that was left. */
export async function listImports(community: string): Promise<readonly Import[]> {
  const shape = object({ items: list(importShape) });
  return (await request(communityPath(community, "/imports"), shape)).items;
}

const totals = object({ units: integer, heads: integer, area });

const differenceShape = object({
  roll: maybe(integer),
  before: maybe(totals),
  after: totals,
  added: list(object({ unit: text, area })),
  removed: list(object({ unit: text, area })),
  areas: list(object({ unit: text, before: area, after: area })),
  owners: list(text),
});

export type RollDifference = Read<typeof differenceShape>;

/** `of` is an import (`imports/…`) or a roll (`rolls/…`). */
export function requestDifference(community: string, of: string): Promise<RollDifference> {
  return request(communityPath(community, `/${of}/difference`), differenceShape);
}

const proposedShape = object({ roll: integer });

/** What becomes a roll: for whom, and the totals of the property register that the table was held against. */
export interface RollProposal {
  readonly scope: string;
  readonly register: { readonly units: number; readonly area: string };
}

export async function proposeRoll(
  community: string,
  id: string,
  body: RollProposal,
): Promise<number> {
  const path = communityPath(community, `/imports/${encodeURIComponent(id)}/roll`);
  return (await request(path, proposedShape, { method: "POST", body })).roll;
}
