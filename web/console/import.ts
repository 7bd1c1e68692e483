import { communityPath } from "../registry/community.ts";
import { request } from "../service/request.ts";
import {
  anything,
  area,
  flag,
  integer,
  list,
  maybe,
  object,
  record,
  text,
  type Read,
} from "../service/shape.ts";

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

const importShape = object({ id: text, report: reportShape });

export type Import = Read<typeof importShape>;
export type ImportReport = Import["report"];
export type Remark = Read<typeof remark>;
export type Merged = Read<typeof mergedShape>;

/** Hands in a table; nothing is made of it before somebody has seen the preview. */
export function previewRoll(community: string, file: File, statedArea: string): Promise<Import> {
  const form = new FormData();
  if (statedArea.trim() !== "") form.set("statedArea", statedArea.trim());
  form.set("file", file);
  return request(communityPath(community, "/imports"), importShape, { method: "POST", form });
}

const proposedShape = object({ roll: integer });

export async function proposeRoll(community: string, id: string, scope: string): Promise<number> {
  const path = communityPath(community, `/imports/${encodeURIComponent(id)}/roll`);
  return (await request(path, proposedShape, { method: "POST", body: { scope } })).roll;
}
