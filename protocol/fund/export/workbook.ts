import { unzipSync, zipSync } from "fflate";
import writeXlsxFile from "write-excel-file/universal";
import type { Cell } from "write-excel-file/universal";
import type { RecordOf } from "../../anchor/record.ts";
import type { Journal } from "./journal.ts";
import { ENTRY_COLUMNS, MOVEMENT_COLUMNS, toMovementRows, toRows } from "./table.ts";

const AMOUNTS = new Set<string>(["debit", "credit", "in", "out"]);
const COUNTS = new Set<string>(["entry", "entries", "reverses"]);
const NARROW = 12;
const WIDE = 40;

/** Amounts and counts as numbers, everything else as text: a formula would be one of somebody else's. */
function toCell(text: string, column: string): Cell {
  if (text === "") return null;
  if (AMOUNTS.has(column)) return { type: Number, value: Number(text), format: "#,##0.00" };
  if (COUNTS.has(column)) return { type: Number, value: Number(text), format: "0" };
  return { type: String, value: text };
}

function toSheet(sheet: string, columns: readonly string[], rows: readonly string[][]) {
  const head = columns.map((value): Cell => ({ type: String, value, fontWeight: "bold" }));
  const body = rows.map((row) => row.map((text, i) => toCell(text, columns[i]!)));
  const widths = columns.map((name) => ({ width: name === "narration" ? WIDE : NARROW }));
  return { data: [head, ...body], sheet, columns: widths, stickyRowsCount: 1 };
}

/** The entries as a workbook, with the statement of a period on a sheet of its own. */
export async function toWorkbook(
  { entries }: Journal,
  period: RecordOf<"period"> | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const sheets = [toSheet("entries", ENTRY_COLUMNS, toRows(entries))];
  if (period) sheets.push(toSheet("statement", MOVEMENT_COLUMNS, toMovementRows(period)));
  const blob = await writeXlsxFile(sheets).toBlob();
  return withoutTime(new Uint8Array(await blob.arrayBuffer()));
}

/** The library stamps the time of writing on every file of the archive; the same books give the same bytes. */
function withoutTime(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const files = Object.entries(unzipSync(bytes)).sort(([a], [b]) => (a < b ? -1 : 1));
  // In an archive times are those of the clock on the wall.
  return zipSync(Object.fromEntries(files), { mtime: new Date(1980, 0, 1) });
}
