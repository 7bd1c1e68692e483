import { parse } from "csv-parse/sync";
import { unzipSync } from "fflate";
import readXlsx from "read-excel-file/node";
import { DomainError } from "./http/errors.ts";

/** One line of the file as a person sees it: lines count from 1, cells are trimmed texts. */
export interface Line {
  line: number;
  cells: string[];
}

export interface Sheet {
  kind: "csv" | "xlsx";
  /** utf-8, utf-16le or gb18030; for xlsx the sheet's name. */
  encoding: string;
  lines: Line[];
}

const MAX_LINES = 200_000;
/** Characters: more than the longest line of a table has, short enough for every pattern that is tried on a cell. */
const MAX_RECORD_LENGTH = 50_000;

/** All sheets of a file; a CSV file is one. */
export async function readSheets(bytes: Buffer): Promise<Sheet[]> {
  if (startsWith(bytes, "504b0304")) return readWorkbook(bytes);
  // The compound file of Excel before 2007.
  if (startsWith(bytes, "d0cf11e0")) throw new DomainError("FileKindNotAllowed", { found: "xls" });
  return [readCsv(bytes)];
}

const startsWith = (bytes: Buffer, hex: string): boolean =>
  bytes.subarray(0, hex.length / 2).toString("hex") === hex;

const MAX_UNPACKED_BYTES = 300_000_000;

/** A small archive can unpack to more than there is memory. */
function requireModestArchive(bytes: Buffer): void {
  let unpacked = 0;
  unzipSync(bytes, {
    filter({ originalSize }) {
      unpacked += originalSize;
      return false;
    },
  });
  if (unpacked > MAX_UNPACKED_BYTES) {
    throw new DomainError("FileTooLarge", { maxBytes: MAX_UNPACKED_BYTES });
  }
}

async function readWorkbook(bytes: Buffer): Promise<Sheet[]> {
  try {
    requireModestArchive(bytes);
    // Numbers stay texts: what the file says is read exactly.
    const sheets = await readXlsx(bytes, { parseNumber: (text) => text });
    return sheets.map(({ sheet, data }) => ({
      kind: "xlsx",
      encoding: sheet,
      lines: data.map((row, i) => ({ line: i + 1, cells: row.map(toCellText) })),
    }));
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError("ImportFileUnreadable", { reason: "xlsx" }, withoutContent(cause));
  }
}

/** A parser's complaint may quote the cell that it stumbled over. */
const withoutContent = (cause: unknown): Error =>
  new Error(cause instanceof Error ? cause.name : "not an error");

// The package declares dates as the constructor instead of the instance.
type Cell = string | boolean | typeof Date | Date | null;

function toCellText(cell: Cell): string {
  if (cell === null) return "";
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return String(cell).trim();
}

function readCsv(bytes: Buffer): Sheet {
  const { encoding, text } = decodeText(bytes);
  try {
    const records = parse(text, {
      bom: true,
      delimiter: chooseDelimiter(text),
      relax_column_count: true,
      skip_empty_lines: false,
      info: true,
      trim: true,
      max_record_size: MAX_RECORD_LENGTH,
      to: MAX_LINES + 1,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    if (records.length > MAX_LINES) throw new DomainError("FileTooLarge", { maxLines: MAX_LINES });
    // csv-parse tells the last line of a record; a quoted cell may hold line ends.
    const lines = records.map(({ record, info }) => ({
      line: info.lines - record.join("").split("\n").length + 1,
      cells: record,
    }));
    return { kind: "csv", encoding, lines };
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError("ImportFileUnreadable", { reason: "csv" }, withoutContent(cause));
  }
}

/** UTF-8 where the bytes are valid UTF-8, else GB18030, which property offices' programs write. */
function decodeText(bytes: Buffer): { encoding: string; text: string } {
  const candidates = startsWith(bytes, "fffe") ? ["utf-16le"] : ["utf-8", "gb18030"];
  for (const encoding of candidates) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      // Bytes of a picture may be valid text of a kind, but hold what no table holds.
      if (!text.includes("\u0000")) return { encoding, text };
    } catch {
      continue;
    }
  }
  throw new DomainError("ImportFileUnreadable", { reason: "encoding" });
}

/** The separator that is most frequent in the first lines. */
function chooseDelimiter(text: string): string {
  const start = text.split("\n", 20).join("\n");
  const frequency = (candidate: string): number => start.split(candidate).length;
  return [",", ";", "\t"].sort((a, b) => frequency(b) - frequency(a))[0]!;
}
