import type { RecordOf } from "../../anchor/record.ts";
import { classOf } from "../account.ts";
import { CURRENCY, assertionsOf, listAccounts, toLine, toYuan } from "./journal.ts";
import type { Journal, Opening } from "./journal.ts";

// A journal for hledger (https://hledger.org/hledger.html): `hledger check --strict` audits it.

const TYPES = { asset: "A", equity: "E", revenue: "R", cost: "X" } as const;

/** The books as an hledger journal; the same entries give the same text. */
export function toHledger(journal: Journal): string {
  const accounts = listAccounts(journal).map((account) => {
    const name = classOf(account);
    return `account ${account}${name ? `  ; type:${TYPES[name]}` : ""}`;
  });
  const head = [
    `; ${toLine(journal.community)}`,
    "decimal-mark .",
    `commodity ${CURRENCY} 1000.00`,
  ];
  const { opening } = journal;
  const days = [
    ...(opening ? [{ date: opening.date, text: toOpening(opening) }] : []),
    ...journal.entries.map((entry) => ({ date: entry.date, text: toTransaction(entry) })),
    ...journal.balances.map((balances) => ({ date: balances.date, text: toAssertion(balances) })),
  ];
  // Stable: entries of a day stay in their order, and what the day comes to stands after them.
  const dated = days.toSorted((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date)));
  return [...head, ...accounts, "", ...dated.map(({ text }) => `${text}\n`)].join("\n");
}

const toPostings = (postings: Opening["postings"]): string[] =>
  postings.map(({ account, amount }) => `    ${account}  ${CURRENCY} ${toYuan(amount)}`);

const toOpening = ({ date, postings }: Opening): string =>
  [`${date} * brought forward`, ...toPostings(postings)].join("\n");

function toTransaction({ date, number, kind, narration, postings, reverses }: RecordOf<"entry">) {
  const title = toLine(narration).replaceAll(/[;|]/gu, ",");
  const tags = [`kind:${kind}`, ...(reverses === null ? [] : [`reverses:${reverses}`])];
  const head = `${date} * (${number}) ${title}  ; ${tags.join(", ")}`;
  return [head, ...toPostings(postings)].join("\n");
}

function toAssertion(balances: RecordOf<"balances">): string {
  const lines = assertionsOf(balances).map(
    ([account, yuan]) => `    ${account}  ${CURRENCY} 0.00 = ${CURRENCY} ${yuan}`,
  );
  return [`${balances.date} * balances ${balances.number}`, ...lines].join("\n");
}
