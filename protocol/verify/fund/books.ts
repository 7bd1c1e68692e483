import type { PublishedRecord, RecordOf } from "../../anchor/record.ts";
import { type EntryBody, type OriginalKind, figureOfKind } from "../../fund/entry.ts";
import type { Fund } from "../../fund/account.ts";
import type { ReadRecord } from "../entry.ts";

/** A record of one type, with its place in the log and its leaf. */
export type Placed<Type extends PublishedRecord["type"]> = ReadRecord & { record: RecordOf<Type> };

/** An entry of the books as the log has it. */
export type PlacedEntry = Placed<"entry">;

/** The records of one type, in the order of the log. */
export function placed<Type extends PublishedRecord["type"]>(
  { records }: { records: readonly ReadRecord[] },
  type: Type,
): Placed<Type>[] {
  return records.filter((entry): entry is Placed<Type> => entry.record?.type === type);
}

/** Up to which day and which entry books are looked at. */
export type Span = { date: string; lastEntry: number };

/** The accounts of the books up to a day. */
export function sumAccounts(
  entries: readonly PlacedEntry[],
  { date, lastEntry }: Span,
): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { record } of entries) {
    if (record.date > date || record.number > lastEntry) continue;
    for (const { account, amount } of record.postings) {
      sums.set(account, (sums.get(account) ?? 0n) + BigInt(amount));
    }
  }
  return sums;
}

/** What a kind's postings mean for a unit; a reversal does what its original did, with the other sign. */
export function movedKind(
  record: RecordOf<"entry">,
  entries: readonly PlacedEntry[],
): OriginalKind | undefined {
  if (record.kind !== "reversal") return record.kind;
  const original = entries.find((entry) => entry.record.number === record.reverses)?.record;
  return original && original.kind !== "reversal" ? original.kind : undefined;
}

/** What units together deposited, gained and used. */
export type Figures = { deposited: bigint; gained: bigint; used: bigint };

/** The maintenance fund's figures by building, summed up from what entries say of each. */
export function sumBuildings(
  entries: readonly PlacedEntry[],
  { date, lastEntry }: Span,
): Map<string, Figures> {
  const sums = new Map<string, Figures>();
  const counted = entries.filter(
    ({ record }) =>
      record.fund === "maintenance" && record.date <= date && record.number <= lastEntry,
  );
  for (const { record } of counted) {
    const kind = movedKind(record, entries);
    const figure = kind && figureOfKind(kind);
    if (figure && figure !== "shared") addFigure(sums, record, figure);
  }
  return sums;
}

function addFigure(
  sums: Map<string, Figures>,
  { units }: RecordOf<"entry">,
  figure: keyof Figures,
): void {
  for (const { building, amount } of units?.buildings ?? []) {
    const own = sums.get(building) ?? { deposited: 0n, gained: 0n, used: 0n };
    own[figure] += figure === "used" ? BigInt(amount) : -BigInt(amount);
    sums.set(building, own);
  }
}

/** An entry as its record tells it in public: each building in the place of its units. */
export function toPublicBody({ fund, kind, postings, units }: RecordOf<"entry">): EntryBody {
  return {
    fund,
    kind,
    postings: postings.map(({ account, amount }) => ({ account, amountFen: BigInt(amount) })),
    units: (units?.buildings ?? []).map(({ building, amount }) => {
      return { unit: building, building, amountFen: BigInt(amount) };
    }),
  };
}

/** What an entry moves in an account. */
export function postedOn({ postings }: RecordOf<"entry">, account: string): bigint | undefined {
  const posting = postings.find((each) => each.account === account);
  return posting && BigInt(posting.amount);
}

/** The accounts in which a fund has its money. */
export const MONEY: Record<Fund, readonly string[]> = {
  maintenance: ["maintenance:bank", "maintenance:investments"],
  income: ["income:bank"],
};

/** The numbers of records that should count 1, 2, 3 ... in the order of the log, as one text. */
export function numbersOf(numbers: readonly number[]): string {
  const wrong = numbers.findIndex((number, i) => number !== i + 1);
  return wrong < 0 ? "" : `${numbers[wrong]} at place ${wrong + 1}`;
}
