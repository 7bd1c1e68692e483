import { CHARGE_CATEGORIES, ENTRY_KINDS, FUNDS } from "../../protocol/anchor/record/kinds.ts";
import { communityPath } from "../registry/community.ts";
import { useQuery, type UseQueryResult } from "../service/query.ts";
import { request } from "../service/request.ts";
import {
  flag,
  hex,
  instant,
  integer,
  list,
  maybe,
  object,
  oneOf,
  ShapeError,
  text,
  type Read,
  type Reader,
} from "../service/shape.ts";

/** An amount as decimal text of fen. */
export const fen: Reader<bigint> = (value) => {
  const digits = text(value);
  if (!/^-?\d+$/.test(digits)) throw new ShapeError();
  return BigInt(digits);
};

const fund = oneOf(FUNDS);
const kind = oneOf(ENTRY_KINDS);

export type Fund = Read<typeof fund>;

const movementShape = object({
  kind,
  category: maybe(text),
  count: integer,
  in: fen,
  out: fen,
});

export type Movement = Read<typeof movementShape>;

const statement = { fund, opening: fen, in: fen, out: fen, closing: fen };
const statementShape = object({ ...statement, movements: list(movementShape) });

export type Statement = Read<typeof statementShape>;

const periodShape = object({
  period: integer,
  from: text,
  to: text,
  lastEntry: integer,
  funds: list(statementShape),
  statement: hex,
  recordIndex: integer,
  closedAt: instant,
});

export type Period = Read<typeof periodShape>;

export const shareShape = object({
  permille: integer,
  above: fen,
  cap: maybe(fen),
  period: oneOf(["quarter", "halfYear", "year"]),
  source: text,
});

const overviewShape = object({
  from: text,
  to: text,
  funds: list(
    object({
      ...statement,
      movements: list(movementShape),
      now: object({ bank: fen, investments: fen, owners: fen }),
    }),
  ),
  closedTo: maybe(text),
  check: maybe(
    object({ passed: flag, lastEntry: integer, recordIndex: integer, checkedAt: instant }),
  ),
  settings: object({
    ...{ topUpBelow: integer, topUpSource: text, negativeUnits: flag },
    ...{ negativeUnitsSource: maybe(text), incomeShare: maybe(shareShape) },
  }),
});

export type Overview = Read<typeof overviewShape>;

const entryShape = object({
  number: integer,
  fund,
  kind,
  date: text,
  occurred: maybe(text),
  narration: text,
  category: maybe(oneOf(CHARGE_CATEGORIES)),
  postings: list(object({ account: text, amount: fen })),
  units: integer,
  schedule: maybe(hex),
  reverses: maybe(integer),
  reversedBy: maybe(integer),
  reason: maybe(text),
  linked: list(integer),
  documents: list(hex),
  source: maybe(text),
  recordIndex: integer,
  leaf: hex,
});

export type Entry = Read<typeof entryShape>;

const entriesShape = object({ items: list(entryShape), next: maybe(integer) });

/** Days, both included; open ends are left out. */
export interface Span {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface EntryQuery extends Span {
  readonly fund?: string | undefined;
  readonly kind?: string | undefined;
  readonly before?: number | undefined;
}

/** The given ones as a query string. */
function toSearch(values: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  return given.length === 0
    ? ""
    : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`;
}

export function useOverview(community: string, span: Span): UseQueryResult<Overview> {
  const { from, to } = span;
  return useQuery({
    queryKey: ["fund", community, "overview", from, to],
    queryFn: () =>
      request(communityPath(community, `/fund${toSearch({ from, to })}`), overviewShape),
  });
}

export function usePeriods(community: string): UseQueryResult<readonly Period[]> {
  const shape = object({ items: list(periodShape) });
  return useQuery({
    queryKey: ["fund", community, "periods"],
    queryFn: async () => (await request(communityPath(community, "/fund/periods"), shape)).items,
  });
}

/** A page of entries, the newest first. */
export function useEntries(
  community: string,
  query: EntryQuery,
): UseQueryResult<Read<typeof entriesShape>> {
  const { fund: of, kind: what, from, to, before } = query;
  const search = toSearch({ fund: of, kind: what, from, to, before, limit: 20 });
  return useQuery({
    queryKey: ["fund", community, "entries", search],
    queryFn: () => request(communityPath(community, `/fund/entries${search}`), entriesShape),
  });
}

export function useEntry(community: string, number: number): UseQueryResult<Entry> {
  return useQuery({
    queryKey: ["fund", community, "entry", number],
    queryFn: () => request(communityPath(community, `/fund/entries/${number}`), entryShape),
  });
}

const total = object({ count: integer, amount: fen });

const bankShape = object({
  funds: list(
    object({
      fund,
      reconciledTo: maybe(text),
      bank: fen,
      ledger: fen,
      openLines: total,
      openEntries: total,
      unseenPayments: integer,
      isExplained: flag,
    }),
  ),
});

export type Reconciliation = Read<typeof bankShape>["funds"][number];

/** How far each fund's books are held against the bank. */
export function useReconciliation(community: string): UseQueryResult<readonly Reconciliation[]> {
  return useQuery({
    queryKey: ["fund", community, "bank"],
    queryFn: async () => (await request(communityPath(community, "/fund/bank"), bankShape)).funds,
  });
}
