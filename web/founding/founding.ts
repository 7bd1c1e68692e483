import { useQuery, type UseQueryResult } from "../service/query.ts";
import { request } from "../service/request.ts";
import {
  anything,
  flag,
  instant,
  integer,
  list,
  maybe,
  object,
  oneOf,
  text,
  type Read,
} from "../service/shape.ts";
import { seatShape } from "./seats.ts";

export const rulesShape = object({
  noticeDays: integer,
  paperDays: integer,
  revealDays: integer,
  objectionDays: integer,
  conflict: oneOf(["newestFirst", "oldestFirst", "paperFirst"]),
  invalid: oneOf(["participates", "ignored"]),
  source: text,
});

export type MeetingRules = Read<typeof rulesShape>;

/** Periods as most communities have them; the source says where this one has them from. */
export const USUAL_RULES: MeetingRules = {
  noticeDays: 15,
  paperDays: 2,
  revealDays: 3,
  objectionDays: 7,
  conflict: "newestFirst",
  invalid: "participates",
  source: "",
};

const foundingShape = object({
  id: text,
  name: text,
  district: text,
  buildings: list(text),
  rules: maybe(rulesShape),
  foundedAt: maybe(instant),
});

const wholeShape = object({
  id: text,
  name: text,
  district: text,
  buildings: list(text),
  rules: maybe(rulesShape),
  foundedAt: maybe(instant),
  seats: list(seatShape),
});

export type Founding = Read<typeof wholeShape>;

/** What is said of a community before it stands. */
export interface Profile {
  readonly name: string;
  readonly district: string;
  readonly buildings: readonly string[];
  readonly rules: MeetingRules;
}

const stateShape = object({ isEmpty: flag, isOperator: flag });

/** Where the way from nothing stands in this browser. */
export interface SetupState {
  readonly isOperator: boolean;
  /** The community that is being founded, or the last one that was. */
  readonly founding: Founding | undefined;
}

export const foundingPath = (id = ""): string =>
  id ? `/api/foundings/${encodeURIComponent(id)}` : "/api/foundings";

async function loadSetup(): Promise<SetupState> {
  const { isOperator } = await request("/api/setup", stateShape);
  if (!isOperator) return { isOperator, founding: undefined };
  const { items } = await request(foundingPath(), object({ items: list(foundingShape) }));
  const last = items.find(({ foundedAt }) => foundedAt === undefined) ?? items.at(-1);
  const founding = last && (await request(foundingPath(last.id), wholeShape));
  return { isOperator, founding };
}

/** Asked again and again: meanwhile others make their keys. */
export function useSetup(): UseQueryResult<SetupState> {
  return useQuery({
    queryKey: ["setup"],
    queryFn: loadSetup,
    refetchInterval: ({ state }) => (state.data?.founding ? 3_000 : false),
  });
}

export async function beginSetup(code: string): Promise<void> {
  await request("/api/setup/session", anything, { method: "POST", body: { code: code.trim() } });
}

export async function endSetup(): Promise<void> {
  await request("/api/setup/session", anything, { method: "DELETE" });
}

export async function beginFounding(id: string, profile: Profile): Promise<void> {
  await request(foundingPath(), anything, { method: "POST", body: { id, ...profile } });
}

export async function changeFounding(id: string, profile: Profile): Promise<void> {
  await request(foundingPath(id), anything, { method: "POST", body: profile });
}

export async function completeFounding(id: string): Promise<void> {
  await request(`${foundingPath(id)}/completion`, anything, { method: "POST", body: {} });
}
