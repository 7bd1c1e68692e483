import { toFen } from "../../protocol/fund/money.ts";
import { fen } from "../fund/books.ts";
import { communityPath } from "../registry/community.ts";
import { Problem } from "../service/problem.ts";
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
  record,
  text,
  type Read,
} from "../service/shape.ts";

/** What one officer enters and another confirms. */
export const ACTIONS = [
  "entry",
  "list",
  "reversal",
  "period",
  "incomeShare",
  "distribution",
  "balances",
] as const;
export type Action = (typeof ACTIONS)[number];

const draftShape = object({
  id: text,
  action: text,
  state: oneOf(["waiting", "done", "withdrawn"]),
  terms: record(anything),
  preview: object({
    entries: list(
      object({
        fund: oneOf(["maintenance", "income"]),
        kind: text,
        postings: list(object({ account: text, amount: fen })),
        units: integer,
      }),
    ),
  }),
  mine: flag,
  createdAt: instant,
  result: maybe(object({ entries: list(integer), period: maybe(integer) })),
});

export type Draft = Read<typeof draftShape>;

const draftsPath = (community: string, rest = ""): string =>
  communityPath(community, `/fund/drafts${rest}`);

export function useDrafts(community: string): UseQueryResult<readonly Draft[]> {
  const shape = object({ items: list(draftShape) });
  return useQuery({
    queryKey: ["fund", community, "drafts"],
    queryFn: async () => (await request(draftsPath(community), shape)).items,
    refetchInterval: 10_000,
  });
}

/** The fields of the form; those that the action does not need stay empty. */
export interface Fields {
  readonly kind: string;
  readonly date: string;
  readonly narration: string;
  /** Yuan. */
  readonly amount: string;
  readonly account: string;
  readonly category: string;
  /** `area` or `balance`; empty where units have no part. */
  readonly spread: string;
  /** Buildings, separated by spaces or commas; empty for all. */
  readonly buildings: string;
  readonly number: string;
  readonly file: File | undefined;
}

/** Yuan as people write them, in fen as the service takes them. */
function readAmount(yuan: string): string {
  try {
    return String(toFen(yuan.trim().replaceAll(",", "")));
  } catch {
    throw new Problem("EntryAmountInvalid");
  }
}

const optional = (name: string, value: string): Record<string, string> =>
  value.trim() === "" ? {} : { [name]: value.trim() };

function toSpread({ spread, buildings }: Fields): Record<string, unknown> {
  if (spread === "") return {};
  const names = buildings.split(/[\s,，、]+/).filter(Boolean);
  const scope = names.length === 0 ? { kind: "all" } : { kind: "buildings", buildings: names };
  return { spread: { by: spread, scope } };
}

function toTerms(action: Exclude<Action, "list">, fields: Fields): unknown {
  const { kind, date, narration, number } = fields;
  switch (action) {
    case "entry":
      return {
        ...{ action, kind, date, narration, amount: readAmount(fields.amount) },
        ...optional("account", fields.account),
        ...optional("category", fields.category),
        ...toSpread(fields),
      };
    case "reversal":
      return { action, number: Number(number), date, reason: narration };
    case "period":
      return { action, to: date };
    case "balances":
      return { action, date };
    case "incomeShare":
      return { action, from: fields.account, date };
    case "distribution":
      return { action, amount: readAmount(fields.amount), date, narration };
  }
}

/** Rehearsed by the service at once; waits for another officer. */
export function enterDraft(community: string, action: Action, fields: Fields): Promise<Draft> {
  if (action !== "list") {
    const body = toTerms(action, fields);
    return request(draftsPath(community), draftShape, { method: "POST", body });
  }
  const form = new FormData();
  form.set("kind", fields.kind);
  form.set("date", fields.date);
  form.set("narration", fields.narration);
  if (fields.file) form.set("file", fields.file);
  return request(draftsPath(community, "/list"), draftShape, { method: "POST", form });
}

export function closeDraft(
  community: string,
  id: string,
  how: "confirmation" | "withdrawal",
): Promise<Draft> {
  const path = draftsPath(community, `/${encodeURIComponent(id)}/${how}`);
  return request(path, draftShape, { method: "POST", body: {} });
}

/** The committee's public word on a flag. */
export async function answerFlag(community: string, number: number, said: string): Promise<void> {
  const path = communityPath(community, `/fund/flags/${number}/answers`);
  await request(path, anything, { method: "POST", body: { text: said } });
}
