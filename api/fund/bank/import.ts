import type { Hex } from "viem";
import { DomainError } from "../../http/errors.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { BankAccount, BankStatement } from "../../database/generated/client.ts";
import { fromDay, toDay } from "../books/lock.ts";
import { today } from "../books/today.ts";
import type { FundContext } from "../context.ts";
import { accountOf, getAccount, lockBank, mappingOf, saveMapping } from "./account.ts";
import { identify } from "./identity.ts";
import type { SoundLine } from "./identity.ts";
import { planImport } from "./plan.ts";
import type { AccountState, ImportPlan, SoundStatement } from "./plan.ts";
import type { Mapping } from "./parse/columns.ts";
import { readBankFile } from "./parse/read.ts";
import type { BankFile, BankStatement as ParsedStatement, Problem } from "./parse/statement.ts";
import { publishStatement } from "./publish.ts";

/** Books are in fen: no other currency can be entered. */
const CURRENCY = "CNY";

export interface NewImport {
  communityId: string;
  account: number;
  bytes: Buffer;
  /** Instead of the one saved for the account, and saved in its place. */
  mapping?: Mapping | undefined;
  opening?: string | undefined;
  closing?: string | undefined;
  officer: Hex;
}

export interface ReadFile {
  row: BankAccount;
  file: BankFile;
}

/** Reads a file for an account, as it would be imported. */
export async function readForAccount(context: FundContext, input: NewImport): Promise<ReadFile> {
  const row = await getAccount(context.db, input.communityId, input.account);
  const file = await readBankFile(input.bytes, {
    mapping: input.mapping ?? mappingOf(row),
    given: {
      account: accountOf(context, row),
      opening: input.opening,
      closing: input.closing,
    },
  });
  for (const statement of file.statements) addOwnProblems(statement);
  return { row, file };
}

function addOwnProblems({ currency, lines, problems }: ParsedStatement): void {
  if (currency !== CURRENCY && !problems.some(({ code }) => code === "BankCurrencyUnknown")) {
    const params = { place: "account", expected: CURRENCY, found: currency };
    problems.push({ code: "BankCurrencyDiffers", params });
  }
  const fallen = lines.find(({ date }, i) => i > 0 && (date ?? "") < (lines[i - 1]!.date ?? ""));
  if (fallen) problems.push({ code: "BankDateInvalid", params: { line: fallen.line } });
}

/** Throws the first problem of a file, with how many there are. */
function requireSound({ statements }: BankFile): void {
  const problems: Problem[] = statements.flatMap((statement) => statement.problems);
  const [first] = problems;
  if (!first) return;
  throw new DomainError(first.code, { ...first.params, problems: problems.length });
}

export interface ImportedStatement {
  /** The statement that it became; null for one that says nothing new. */
  statement: BankStatement | null;
  plan: ImportPlan;
}

/**
 * Imports a file: keeps it, adds the lines that are new and publishes a record for every statement that says something
 * new. All of it or nothing.
 */
export async function importFile(
  context: FundContext,
  input: NewImport,
): Promise<ImportedStatement[]> {
  const { file } = await readForAccount(context, input);
  requireSound(file);
  const { db, anchor } = context;
  const { communityId, bytes, mapping } = input;
  return db.$transaction(async (tx) => {
    await lockBank(tx, communityId);
    const row = await getAccount(tx, communityId, input.account);
    if (mapping) await saveMapping(tx, row, mapping);
    const { sha256 } = await anchor.putDocument(tx, {
      ...{ communityId, bytes, confidential: true },
      name: `bank statement of account ${row.number}`,
      mediaType: "application/octet-stream",
    });
    const results: ImportedStatement[] = [];
    for (const parsed of file.statements) {
      const place = { account: input.account, sha256, file, officer: input.officer };
      results.push(await importStatement(context, tx, { ...place, communityId, parsed }));
    }
    return results;
  });
}

interface Step {
  communityId: string;
  account: number;
  sha256: Hex;
  file: BankFile;
  officer: Hex;
  parsed: ParsedStatement;
}

async function importStatement(
  context: FundContext,
  tx: Tx,
  step: Step,
): Promise<ImportedStatement> {
  const row = await getAccount(tx, step.communityId, step.account);
  const statement = toSound(context, step.parsed);
  const plan = planImport(statement, await findState(tx, row, statement));
  if (!plan.isNews) return { statement: null, plan };
  const { sha256, file, officer } = step;
  const traits = { file: sha256, format: file.format, officer, opening: statement.opening };
  const published = await publishStatement(context, tx, {
    ...{ account: row, plan, ...traits, closing: statement.closing },
  });
  return { statement: published, plan };
}

/** The statement as it can be imported; it has no problem, so nothing is missing. */
export function toSound(context: FundContext, parsed: ParsedStatement): SoundStatement {
  const lines = identify(parsed.lines as SoundLine[], context.cipher);
  const opening = parsed.opening!;
  const closing = parsed.closing!;
  const last = lines.at(-1)?.date;
  const ends = [closing.date, parsed.to, last].filter((day) => day !== undefined);
  const to = ends.toSorted().at(-1) ?? today(context.clock);
  const from = lines[0]?.date ?? opening.date ?? parsed.from ?? to;
  const now = today(context.clock);
  if (last !== undefined && last > now) {
    throw new DomainError("BankDateInvalid", { line: lines.at(-1)!.line });
  }
  // A table may be asked for until a day that has not come yet.
  return { opening, closing, lines, from: from < to ? from : to, to: to < now ? to : now };
}

/** Where the account stands, with the lines that the statement can repeat. */
export async function findState(
  db: Db | Tx,
  { communityId, number: accountNumber, closingFen, closedOn }: BankAccount,
  { lines }: SoundStatement,
): Promise<AccountState> {
  const [first] = lines;
  const rows = first
    ? await db.bankLine.findMany({
        where: { communityId, accountNumber, number: { gt: 0 }, date: { gte: toDay(first.date) } },
        select: { identity: true, number: true, date: true },
      })
    : [];
  const known = new Map(
    rows.map(({ identity, number, date }) => [identity, { number, date: fromDay(date) }]),
  );
  const end =
    closingFen === null || closedOn === null
      ? undefined
      : { closingFen, closedOn: fromDay(closedOn) };
  return { end, known };
}
