import type { RecordOf } from "../../anchor/record.ts";
import { classOf } from "../account.ts";
import { CURRENCY, assertionsOf, dayAfter, listAccounts, toLine, toYuan } from "./journal.ts";
import type { Journal, Opening } from "./journal.ts";

// A ledger for Beancount 2 (https://beancount.github.io/docs/beancount_language_syntax.html). Its balance checks let
// one fen pass unless told not to: every one says `~ 0.00`.

const ROOTS = { asset: "Assets", equity: "Equity", revenue: "Income", cost: "Expenses" } as const;

/** The books as a Beancount ledger; the same entries give the same text. */
export function toBeancount(journal: Journal): string {
  const { opening } = journal;
  const dates = [...(opening ? [opening] : []), ...journal.entries].map(({ date }) => date);
  const first = dates.sort()[0] ?? "1970-01-01";
  return [
    `option "title" ${quote(journal.community)}`,
    `option "operating_currency" "${CURRENCY}"`,
    ...listAccounts(journal).map((account) => `${first} open ${toAccount(account)} ${CURRENCY}`),
    "",
    ...(opening ? [`${toOpening(opening)}\n`] : []),
    ...journal.entries.map((entry) => `${toTransaction(entry)}\n`),
    ...journal.balances.flatMap(toAssertions),
    "",
  ].join("\n");
}

/** `income:costs:绿化` is `Expenses:Income:绿化`; two accounts never get one name. */
export function toAccount(account: string): string {
  const parts = account.split(":").filter((part) => part !== "revenue" && part !== "costs");
  const root = ROOTS[classOf(account) ?? "equity"];
  return [root, ...parts.map(toComponent)].join(":");
}

/** A component begins with a capital, a digit or a character beyond ASCII. */
function toComponent(part: string): string {
  const first = part.slice(0, 1);
  if (/[a-z]/.test(first)) return first.toUpperCase() + part.slice(1);
  return /[A-Z0]/.test(first) ? `0${part}` : part;
}

const quote = (text: string): string =>
  `"${toLine(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

function toTransaction({ date, number, kind, narration, postings, reverses }: RecordOf<"entry">) {
  const tags = [
    `  entry: ${number}`,
    `  kind: "${kind}"`,
    ...(reverses === null ? [] : [`  reverses: ${reverses}`]),
  ];
  return [`${date} * ${quote(narration)}`, ...tags, ...toPostings(postings)].join("\n");
}

const toPostings = (postings: Opening["postings"]): string[] =>
  postings.map(({ account, amount }) => `  ${toAccount(account)}  ${toYuan(amount)} ${CURRENCY}`);

const toOpening = ({ date, postings }: Opening): string =>
  [`${date} * "brought forward"`, ...toPostings(postings)].join("\n");

/** Beancount compares at the beginning of a day. */
function toAssertions(balances: RecordOf<"balances">): string[] {
  return assertionsOf(balances).map(
    ([account, yuan]) =>
      `${dayAfter(balances.date)} balance ${toAccount(account)}  ${yuan} ~ 0.00 ${CURRENCY}`,
  );
}
