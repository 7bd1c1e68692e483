import { parseArgs } from "node:util";
import { findFlags } from "../../protocol/fund/flag/find.ts";
import type { FlagPayment } from "../../protocol/fund/flag/input.ts";
import { DEFAULT_FLAG_RULES, flagRulesSchema } from "../../protocol/fund/flag/rules.ts";
import type { FlagRules } from "../../protocol/fund/flag/rules.ts";
import { mappingSchema, type Mapping } from "../../api/fund/bank/parse/columns.ts";
import { readBankFile } from "../../api/fund/bank/parse/read.ts";
import type { BankLine, BankStatement } from "../../api/fund/bank/parse/statement.ts";
import { DomainError } from "../../api/http/errors.ts";
import type { CommandIo } from "../command.ts";
import { renderJson, renderText } from "./flags/render.ts";
import { Unusable, readFile, tellUnusable } from "./input.ts";

const USAGE = `mingzhang flags: applies the published formulas to a list of payments (docs/flags.md)

  mingzhang flags <file> [--json]

Reads payments from a table (CSV, XLSX) or a bank statement (camt.053, OFX): payee, account, date, amount,
transaction number. In a statement with balances payments are what goes out, in a list without any they
are the positive amounts. What needs invoices or projects is not asked of a file.

  --json                prints every flag with its parameters, inputs and figures as JSON
  --rules <json|file>   parameters by formula, e.g. {"amountsSplit": {"threshold": "1000000", ...}}
  --mapping <json|file> which column is which, as for "mingzhang bank"
  --currency <code>     for tables that do not name theirs; CNY unless told

Exit code: 0 no flag, 1 flags were found, 2 the file could not be read or the command was called wrongly.
`;

const OPTIONS = {
  json: { type: "boolean", default: false },
  rules: { type: "string" },
  mapping: { type: "string" },
  currency: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

async function readJson(given: string, option: string): Promise<unknown> {
  const text = given.trim().startsWith("{") ? given : (await readFile(given)).toString("utf8");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Unusable(`${option} is not JSON`, { cause });
  }
}

async function readRules(given: string | undefined): Promise<FlagRules> {
  if (given === undefined) return DEFAULT_FLAG_RULES;
  const own = await readJson(given, "--rules");
  const parsed = flagRulesSchema.partial().safeParse(own);
  if (!parsed.success) throw new Unusable("--rules are not rules");
  return { ...DEFAULT_FLAG_RULES, ...parsed.data } as FlagRules;
}

async function readMapping(given: string | undefined): Promise<Mapping | undefined> {
  if (given === undefined) return undefined;
  const parsed = mappingSchema.safeParse(await readJson(given, "--mapping"));
  if (!parsed.success) throw new Unusable("--mapping is not a mapping");
  return parsed.data;
}

/** Names that a publisher has blotted out are no payee. */
const isRedacted = (name: string | undefined): boolean =>
  name === undefined || /^\W*redacted/i.test(name) || /^\*+$/.test(name);

type KnownLine = BankLine & { date: string; amount: bigint };

const isKnown = (line: BankLine): line is KnownLine =>
  line.date !== undefined && line.amount !== undefined;

function toPayments(statement: BankStatement): FlagPayment[] {
  const sign = (statement.opening ?? statement.closing) ? -1n : 1n;
  return statement.lines.filter(isKnown).map((line) => ({
    name: `line ${line.line}`,
    record: null,
    date: line.date,
    amountFen: sign * line.amount,
    payee: isRedacted(line.counterparty) ? null : line.counterparty!,
    account: line.counterpartyAccount ?? null,
    invoices: [],
    transaction: line.bankReference ?? line.reference ?? null,
  }));
}

async function readStatements(
  file: string,
  options: Parameters<typeof readBankFile>[1],
): Promise<BankStatement[]> {
  try {
    return (await readBankFile(await readFile(file), options)).statements;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new Unusable(`${file}: ${error.code}`);
  }
}

/** Finds flags in a list of payments and prints them by formula. */
export async function run(args: string[], { stdout, stderr }: CommandIo): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    if (values.help) {
      stdout.write(USAGE);
      return 0;
    }
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0) throw new Unusable("which file?");
    const rules = await readRules(values.rules);
    const statements = await readStatements(file, {
      mapping: await readMapping(values.mapping),
      given: { currency: values.currency },
    });
    const payments = statements.flatMap(toPayments);
    const lines = statements.reduce((sum, statement) => sum + statement.lines.length, 0);
    const flags = findFlags({ payments, projects: [] }, rules);
    const result = { rules, payments, flags, passedOver: lines - payments.length };
    stdout.write(values.json ? renderJson(result) : renderText(result));
    return flags.length === 0 ? 0 : 1;
  } catch (error) {
    return tellUnusable(error, { stderr, usage: USAGE });
  }
}
