import type { RecordOf } from "../../anchor/record.ts";
import { toLine, toYuan } from "./journal.ts";

/** The columns of an exported list of entries, one row a posting. */
export const ENTRY_COLUMNS = [
  "entry",
  "date",
  "fund",
  "kind",
  "category",
  "narration",
  "account",
  "debit",
  "credit",
  "reverses",
] as const;

/** One row a posting; amounts in yuan, the side that is not meant empty. */
export function toRows(entries: readonly RecordOf<"entry">[]): string[][] {
  return entries.flatMap((entry) =>
    entry.postings.map(({ account, amount }) => {
      const isDebit = !amount.startsWith("-");
      return [
        `${entry.number}`,
        entry.date,
        entry.fund,
        entry.kind,
        entry.category ?? "",
        toLine(entry.narration),
        account,
        isDebit ? toYuan(amount) : "",
        isDebit ? "" : toYuan(amount.slice(1)),
        entry.reverses === null ? "" : `${entry.reverses}`,
      ];
    }),
  );
}

/** What a statement's kinds and categories came to: rows under MOVEMENT_COLUMNS, opening and closing around them. */
export function toMovementRows({ funds }: Pick<RecordOf<"period">, "funds">): string[][] {
  return funds.flatMap(({ fund, opening, closing, movements, ...total }) => [
    [fund, "opening", "", "", toYuan(opening), ""],
    ...movements.map(({ kind, category, count, ...row }) => {
      return [fund, kind, category ?? "", `${count}`, toYuan(row.in), toYuan(row.out)];
    }),
    [fund, "total", "", "", toYuan(total.in), toYuan(total.out)],
    [fund, "closing", "", "", toYuan(closing), ""],
  ]);
}

/** The columns of a period's statement in a workbook. */
export const MOVEMENT_COLUMNS = ["fund", "kind", "category", "entries", "in", "out"] as const;

/** RFC 4180, with a byte order mark, without which spreadsheets take UTF-8 for the local encoding. */
export function toCsv(entries: readonly RecordOf<"entry">[]): string {
  const lines = [[...ENTRY_COLUMNS], ...toRows(entries)].map((row) => row.map(toCell).join(","));
  return `\u{feff}${lines.join("\r\n")}\r\n`;
}

/** A spreadsheet would run a text that begins like a formula. */
function toCell(text: string): string {
  const safe = /^[=+@\t-]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
