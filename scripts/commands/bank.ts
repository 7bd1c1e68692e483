import { createHash } from "node:crypto";
import path from "node:path";
import { parseArgs } from "node:util";
import { mappingSchema, type Mapping } from "../../api/fund/bank/parse/columns.ts";
import { checkSequence } from "../../api/fund/bank/parse/check.ts";
import { readBankFile, type ReadingOptions } from "../../api/fund/bank/parse/read.ts";
import { DomainError } from "../../api/http/errors.ts";
import { EXIT_UNUSABLE, type CommandIo } from "../command.ts";
import { Unusable, readFile, tellUnusable } from "./input.ts";
import { renderJson, renderText, type FileReading } from "./bank/render.ts";

const USAGE = `mingzhang bank: reads statements of a bank account and checks that they add up

  mingzhang bank <file> ... [--json]

Reads camt.053 (versions 2 to 13), OFX 1 and 2 (QFX), CSV and XLSX; text in UTF-8, GB18030 or what the
file declares. Several files are compared with one another: gaps and overlaps are told.

  --json                prints account, currency, opening, closing and every line as JSON
  --xsd <file>          the schema to hold camt.053 against, instead of ISO's (versions 2 and 8 come with
                        this program; for others only what every version has is checked)
  --mapping <json|file> for tables: {"columns": {"date": "title", "amount": "title", ...},
                        "dates": "ymd|dmy|mdy", "positive": "in|out", "sheet": "name"}
  --account <number>    for tables that do not name their account; otherwise it must be this one
  --currency <code>     for tables that do not name their currency; CNY unless told
  --opening <amount>    for tables without balances
  --closing <amount>

Exit code: 0 all well, 1 read but something is wrong with a statement, 2 a file could not be read or the
command was called wrongly.
`;

const OPTIONS = {
  json: { type: "boolean", default: false },
  xsd: { type: "string" },
  mapping: { type: "string" },
  account: { type: "string" },
  currency: { type: "string" },
  opening: { type: "string" },
  closing: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

async function readMapping(given: string | undefined): Promise<Mapping | undefined> {
  if (given === undefined) return undefined;
  const text = given.trim().startsWith("{") ? given : (await readFile(given)).toString("utf8");
  try {
    return mappingSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Unusable("--mapping is not a mapping", { cause });
  }
}

async function readOne(file: string, options: ReadingOptions): Promise<FileReading> {
  const bytes = await readFile(file);
  const name = path.basename(file);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const about = { name, bytes: bytes.length, sha256 };
  try {
    return { ...about, reading: await readBankFile(bytes, options), error: undefined };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { ...about, reading: undefined, error };
  }
}

async function readAll(files: readonly string[], options: ReadingOptions): Promise<FileReading[]> {
  const results: FileReading[] = [];
  for (const file of files) results.push(await readOne(file, options));
  // The statements of one file were compared with each other when it was read.
  if (files.length > 1) checkSequence(results.flatMap(({ reading }) => reading?.statements ?? []));
  return results;
}

function exitCodeOf(results: readonly FileReading[]): number {
  if (results.some(({ error }) => error !== undefined)) return EXIT_UNUSABLE;
  const statements = results.flatMap(({ reading }) => reading?.statements ?? []);
  return statements.some(({ problems }) => problems.length > 0) ? 1 : 0;
}

/** Reads bank statements, prints them and says whether they add up. */
export async function run(args: string[], { stdout, stderr }: CommandIo): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    if (values.help) {
      stdout.write(USAGE);
      return 0;
    }
    if (positionals.length === 0) throw new Unusable("which file?");
    const { xsd, mapping, account, currency, opening, closing } = values;
    const results = await readAll(positionals, {
      mapping: await readMapping(mapping),
      given: { account, currency, opening, closing },
      schema: xsd === undefined ? undefined : await readFile(xsd),
    });
    stdout.write(values.json ? renderJson(results) : renderText(results));
    return exitCodeOf(results);
  } catch (error) {
    return tellUnusable(error, { stderr, usage: USAGE });
  }
}
