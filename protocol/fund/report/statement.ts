import type { RecordOf } from "../../anchor/record.ts";
import { formatCount, formatTime, formatYuan, type Language } from "../../format.ts";
import type { Block } from "../../notice.ts";
import type { Placed } from "../export/journal.ts";
import { fundTexts, nameMovement } from "./words.ts";
import type { FundTexts } from "./zh.ts";

/** What the statement of a closed period is laid out from: published records alone. */
export type StatementParts = {
  community: { name: string; demonstration: boolean };
  period: Placed<"period"> & { leaf: string };
  /** Those of the period, in the order of their numbers. */
  entries: readonly RecordOf<"entry">[];
};

type FundStatement = RecordOf<"period">["funds"][number];

const yuan = (fen: string): string => formatYuan(BigInt(fen));
const amount = (fen: bigint): string => (fen === 0n ? "—" : formatYuan(fen));

const MONEY = new Set(["maintenance:bank", "maintenance:investments", "income:bank"]);

/** What an entry brought in or took out; money that only changes its place does neither. */
export function flowOf({ postings }: Pick<RecordOf<"entry">, "postings">): bigint {
  return postings
    .filter(({ account }) => MONEY.has(account))
    .reduce((sum, row) => sum + BigInt(row.amount), 0n);
}

function layEntries(texts: FundTexts, entries: readonly RecordOf<"entry">[]): Block {
  return {
    kind: "table",
    first: 0.6,
    head: [texts.entry, texts.in, texts.out],
    rows: entries.map((entry) => {
      const flow = flowOf(entry);
      const title = `${entry.number}  ${entry.date}  ${entry.narration}`;
      const [cameIn, wentOut] = flow > 0n ? [flow, 0n] : [0n, -flow];
      return [title, amount(cameIn), amount(wentOut)];
    }),
  };
}

function layFund(
  texts: FundTexts,
  statement: FundStatement,
  entries: readonly RecordOf<"entry">[],
): Block[] {
  const { fund, opening, closing, movements } = statement;
  const own = entries.filter((entry) => entry.fund === fund);
  return [
    { kind: "heading", level: 2, text: texts.funds[fund] },
    {
      kind: "facts",
      rows: [
        [texts.opening, yuan(opening)],
        [texts.in, yuan(statement.in)],
        [texts.out, yuan(statement.out)],
        [texts.closing, yuan(closing)],
      ],
    },
    { kind: "text", text: texts.sum, soft: true },
    {
      kind: "table",
      head: [texts.item, texts.count, texts.in, texts.out],
      rows: [
        ...movements.map((row) => [
          ...[nameMovement(texts, row), formatCount(row.count)],
          ...[amount(BigInt(row.in)), amount(BigInt(row.out))],
        ]),
        [texts.total, "", yuan(statement.in), yuan(statement.out)],
      ],
    },
    { kind: "heading", level: 3, text: texts.entries },
    own.length === 0 ? { kind: "text", text: texts.none } : layEntries(texts, own),
  ];
}

/** The statement of a closed period: what each fund had, took in, spent and has left, and every entry. */
export function layStatement(parts: StatementParts, language: Language): Block[] {
  const texts = fundTexts(language);
  const { community, period, entries } = parts;
  const { from, to, at, lastEntry, statement, funds } = period.record;
  return [
    ...(community.demonstration ? [{ kind: "text", text: texts.demonstration } as const] : []),
    {
      kind: "facts",
      rows: [
        [texts.community, community.name],
        [texts.period, texts.span(from, to)],
        [texts.closedAt, formatTime(Date.parse(at) / 1000, language)],
        [texts.lastEntry, texts.entryNumber(formatCount(lastEntry))],
        [texts.record, `${texts.recordNumber(String(period.index))}${period.leaf.slice(2)}`],
        [texts.statement, statement.slice(2)],
      ],
    },
    ...funds.flatMap((row) => layFund(texts, row, entries)),
  ];
}
