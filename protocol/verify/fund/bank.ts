import { parseCanonical } from "../../anchor/json.ts";
import { type Fund, bankOf } from "../../fund/account.ts";
import {
  type AccountEnd,
  type BankLineDocument,
  bankLinesSchema,
  findStatementFault,
} from "../../fund/statement.ts";
import type { Checks } from "../report.ts";
import { type Bank, type BankState, bankBefore, lineKey } from "./bankState.ts";
import { type Placed, type PlacedEntry, numbersOf, placed, postedOn } from "./books.ts";
import { type FundEvidence, documentOf } from "./evidence.ts";

/** Reads what the bank said, as far as its documents are what the records name. */
export function readBank(evidence: FundEvidence): Bank {
  const linesOf = (hash: string): readonly BankLineDocument[] | undefined => {
    const bytes = documentOf(evidence, hash);
    try {
      return bytes && bankLinesSchema.parse(parseCanonical(bytes));
    } catch {
      return undefined;
    }
  };
  return {
    accounts: placed(evidence, "bankAccount"),
    statements: placed(evidence, "statement").map((statement) => {
      return { ...statement, lines: linesOf(statement.record.lines) };
    }),
    reconciliations: placed(evidence, "reconciliation"),
  };
}

/** Statements follow one another and add up; what is said of lines is said of lines and entries that are there, once. */
export function checkBank(evidence: FundEvidence, bank: Bank, checks: Checks): void {
  const found = numbersOf(bank.accounts.map(({ record }) => record.account));
  checks.equal({ name: "bankAccount", expected: "", found });
  for (const { record } of bank.accounts) checkStatements(bank, record, checks);
  checkReconciliations(bank, placed(evidence, "entry"), checks);
}

function checkStatements(
  { statements }: Bank,
  { account, fund, tail }: Placed<"bankAccount">["record"],
  checks: Checks,
): void {
  let end: AccountEnd | undefined;
  let number = 0;
  for (const { record, lines } of statements.filter((each) => each.record.account === account)) {
    number += 1;
    const subject = `${account}/${record.number}`;
    if (!lines) {
      checks.skip("bankStatement", subject, "missing");
      end = { closingFen: BigInt(record.closing), lastLine: record.first + record.count - 1 };
      continue;
    }
    const fault = findStatementFault(record, lines, end);
    checks.equal({
      ...{ name: "bankStatement", subject },
      expected: { number, fund, tail, fault: "" },
      found: { number: record.number, fund: record.fund, tail: record.tail, fault: fault ?? "" },
    });
    end = { closingFen: BigInt(record.closing), lastLine: record.first + record.count - 1 };
  }
}

function checkReconciliations(bank: Bank, entries: readonly PlacedEntry[], checks: Checks): void {
  const { reconciliations } = bank;
  const found = numbersOf(reconciliations.map(({ record }) => record.number));
  checks.equal({ name: "reconciliationNumber", expected: "", found });
  for (const reconciliation of reconciliations) {
    const { index, record } = reconciliation;
    const state = bankBefore(bank, index);
    if (!state) {
      checks.skip("bankReconciliation", record.number, "dependsOnFailed");
      continue;
    }
    const known = entries.filter((entry) => entry.index < index);
    const fault =
      record.action === "undo"
        ? findUndoFault(reconciliation, bank)
        : findFault(record, { state, known });
    checks.equal({
      name: "bankReconciliation",
      subject: record.number,
      expected: "",
      found: fault,
    });
  }
}

type Record = Placed<"reconciliation">["record"];

type Known = { state: BankState; known: readonly PlacedEntry[] };

/** The sum of its lines is what it says, and that of its entries; none of them is settled already. */
function findFault(record: Record, { state, known }: Known): string {
  const { account, action, sum, reason } = record;
  if (!state.accounts.has(account)) return `no account ${account}`;
  const lines = sumLines(record, state);
  if (typeof lines === "string") return lines;
  if (lines !== BigInt(sum)) return `the lines come to ${lines}`;
  if (action === "ignore") return reason ? "" : "no reason";
  const entries = sumEntries(record, { state, known });
  if (typeof entries === "string") return entries;
  return entries === lines ? "" : `the entries come to ${entries}`;
}

/** What its lines come to, or what is wrong with one. */
function sumLines({ account, lines }: Record, state: BankState): bigint | string {
  let sum = 0n;
  for (const line of lines) {
    const there = state.accounts.get(account)!.lines.find((each) => each.line === line);
    if (!there) return `no line ${line}`;
    if (state.settledLines.has(lineKey(account, line))) return `line ${line} is settled`;
    sum += there.amountFen;
  }
  return sum;
}

/** What its entries come to, or what is wrong with one. */
function sumEntries({ account, entries }: Record, { state, known }: Known): bigint | string {
  const own = bankOf(state.accounts.get(account)!.fund as Fund);
  let sum = 0n;
  for (const number of entries) {
    const record = known.find((entry) => entry.record.number === number)?.record;
    const amount = record && postedOn(record, own);
    if (amount === undefined) return `entry ${number} is not of this account`;
    if (state.settledEntries.has(number)) return `entry ${number} is settled`;
    sum += amount;
  }
  return sum;
}

/** What is taken back was said before, once, of the same lines and entries. */
function findUndoFault({ index, record }: Placed<"reconciliation">, bank: Bank): string {
  const { undoes, account, lines, entries, sum } = record;
  const before = bank.reconciliations.filter((each) => each.index < index);
  const target = before.find((each) => each.record.number === undoes)?.record;
  if (!target || target.action === "undo") return `there is no ${undoes}`;
  if (before.some((each) => each.record.undoes === undoes))
    return `${undoes} was taken back before`;
  const show = (...parts: unknown[]): string => JSON.stringify(parts);
  const same =
    show(account, lines, entries, sum) ===
    show(target.account, target.lines, target.entries, target.sum);
  return same ? "" : `not what ${undoes} says`;
}
