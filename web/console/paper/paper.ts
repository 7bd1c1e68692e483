import { useQuery, type UseQueryResult } from "../../service/query.ts";
import type { Answer } from "../../../protocol/assembly/sheet.ts";
import { communityPath } from "../../registry/community.ts";
import { request } from "../../service/request.ts";
import {
  anything,
  flag,
  integer,
  list,
  object,
  oneOf,
  text,
  type Read,
} from "../../service/shape.ts";

const paperShape = object({
  id: text,
  unit: text,
  state: oneOf(["entered", "returned", "checked", "sealing", "sealed", "late"]),
  mine: flag,
});

export type Paper = Read<typeof paperShape>;

export interface PaperPlace {
  readonly community: string;
  readonly meeting: number;
}

export function paperPath({ community, meeting }: PaperPlace, rest = ""): string {
  return communityPath(community, `/meetings/${meeting}/paper${rest}`);
}

export async function requestPaper(place: PaperPlace): Promise<readonly Paper[]> {
  return (await request(paperPath(place), object({ items: list(paperShape) }))).items;
}

export function usePaper(place: PaperPlace): UseQueryResult<readonly Paper[]> {
  return useQuery({
    queryKey: ["paper", place.community, place.meeting],
    queryFn: () => requestPaper(place),
    refetchInterval: 5_000,
  });
}

export interface PaperReading {
  readonly unit: string;
  readonly answers: readonly Answer[];
  readonly scan: File;
}

/** One teller's reading, with the scan that another will read again. */
export async function enterPaper(place: PaperPlace, reading: PaperReading): Promise<void> {
  const form = new FormData();
  form.set("unit", reading.unit.trim());
  form.set("answers", reading.answers.join(","));
  form.set("file", reading.scan);
  await request(paperPath(place), anything, { method: "POST", form });
}

/** The second reading, which does not know the first; the state says whether they agree. */
export async function checkPaper(
  place: PaperPlace,
  id: string,
  answers: readonly Answer[],
): Promise<string> {
  const path = paperPath(place, `/${id}/check`);
  return (await request(path, object({ state: text }), { method: "POST", body: { answers } }))
    .state;
}

export async function proposeSealing(place: PaperPlace): Promise<number> {
  const shape = object({ count: integer });
  const path = paperPath(place, "/batches");
  return (await request(path, shape, { method: "POST", body: {} })).count;
}
