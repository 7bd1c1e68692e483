import { toFen } from "../../../protocol/fund/money.ts";
import { fen } from "../../fund/books.ts";
import { communityPath } from "../../registry/community.ts";
import { Problem } from "../../service/problem.ts";
import { useQuery, type UseQueryResult } from "../../service/query.ts";
import { request } from "../../service/request.ts";
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
} from "../../service/shape.ts";

/** What one officer enters and another confirms. */
export const ACTIONS = [
  "entry",
  "list",
  "reversal",
  "period",
  "incomeShare",
  "distribution",
  "balances",
  "settings",
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

/** Who shares in an entry. */
export const SCOPES = ["all", "buildings", "entrances", "units"] as const;
export type ScopeKind = (typeof SCOPES)[number];

/** A community's decisions about its fund as they are typed: shares in per cent, amounts in yuan. */
export interface Settings {
  readonly topUpBelow: string;
  readonly topUpSource: string;
  readonly negativeUnits: "no" | "yes";
  readonly negativeUnitsSource: string;
  /** Empty where no public income goes to the maintenance fund. */
  readonly share: string;
  readonly above: string;
  readonly cap: string;
  readonly period: "quarter" | "halfYear" | "year";
  readonly shareSource: string;
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
  readonly scope: ScopeKind;
  /** Buildings (3), entrances (3-2) or units (3-2-1501), separated by spaces or commas. */
  readonly places: string;
  /** Units whose area counts otherwise, one a line: `3-2-1501 1.2`. */
  readonly factors: string;
  readonly settings: Settings;
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

/** `3-2` is entrance 2 of building 3: a building's own name may have a hyphen, an entrance's has none. */
function toEntrance(place: string): { building: string; entrance: string } {
  const at = place.lastIndexOf("-");
  if (at < 1) throw new Problem("ScopeUnknown");
  return { building: place.slice(0, at), entrance: place.slice(at + 1) };
}

function toScope({ scope, places }: Fields): Record<string, unknown> {
  if (scope === "all") return { kind: scope };
  const names = places.split(/[\s,，、;；]+/).filter(Boolean);
  if (names.length === 0) throw new Problem("ScopeEmpty");
  return { kind: scope, [scope]: scope === "entrances" ? names.map(toEntrance) : names };
}

function toFactors({ factors }: Fields): { factors?: Record<string, string> } {
  const lines = factors.split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0) return {};
  const pairs = lines.map((line) => line.trim().split(/[\s,，:：]+/));
  if (pairs.some(({ length }) => length !== 2)) throw new Problem("FactorInvalid");
  return { factors: Object.fromEntries(pairs) as Record<string, string> };
}

function toSpread(fields: Fields): Record<string, unknown> {
  const { spread } = fields;
  if (spread === "") return {};
  const factors = spread === "area" ? toFactors(fields) : {};
  return { spread: { by: spread, scope: toScope(fields), ...factors } };
}

/** Per cent with one decimal at most, in permille. */
function readPercent(text: string): number {
  const typed = text.trim().replace(/[%％]$/, "");
  if (!/^\d{1,3}(\.\d)?$/.test(typed)) throw new Problem("SettingsPercentInvalid");
  return Math.round(Number(typed) * 10);
}

function toSettings(settings: Settings): Record<string, unknown> {
  const { topUpBelow, topUpSource, negativeUnits, share, above, cap, period } = settings;
  const rule = {
    ...{ period, source: settings.shareSource },
    ...(above.trim() === "" ? {} : { above: readAmount(above) }),
    ...(cap.trim() === "" ? {} : { cap: readAmount(cap) }),
  };
  return {
    ...{ action: "settings", topUpBelow: readPercent(topUpBelow), topUpSource },
    negativeUnits: negativeUnits === "yes",
    ...optional("negativeUnitsSource", settings.negativeUnitsSource),
    ...(share.trim() === "" ? {} : { incomeShare: { permille: readPercent(share), ...rule } }),
  };
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
    case "settings":
      return toSettings(fields.settings);
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
