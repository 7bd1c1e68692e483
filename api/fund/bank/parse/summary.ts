import type { Line } from "../../../table.ts";
import { MAX_TITLE_LENGTH, tidy } from "./columns.ts";

/** What stands around a bank's table: account, currency and balances, as texts. */
export interface Summary {
  account?: string;
  currency?: string;
  opening?: string;
  closing?: string;
  from?: string;
  to?: string;
}

const KEYS: [keyof Summary, RegExp][] = [
  [
    "opening",
    /^(?:期初|上期|上日|承前|承前页|昨日|开始|openingbalance|balancebroughtforward)(?:账户)?(?:余额)?$/,
  ],
  ["closing", /^(?:期末|本期|结束|最终|closingbalance|balancecarriedforward)(?:账户)?(?:余额)?$/],
  ["account", /^(?:本方|我方|查询)?(?:账号|帐号|账户|卡号|卡\/账号|accountnumber|account|iban)$/],
  ["currency", /^(?:币种|货币|币别|currency)$/],
  ["from", /^(?:起始|开始|查询起始|起)(?:日期|日)$|^(?:startdate|from)$/],
  ["to", /^(?:截止|终止|结束|查询截止|止)(?:日期|日)$|^(?:enddate|to)$/],
];

const toKey = (text: string): string =>
  text
    .slice(0, MAX_TITLE_LENGTH)
    .normalize("NFKC")
    .replace(/\([^)]*\)/g, "")
    .replace(/\s/g, "")
    .toLowerCase();

function findKey(text: string): keyof Summary | undefined {
  const key = toKey(text);
  return KEYS.find(([, pattern]) => pattern.test(key))?.[0];
}

/** Adds what a line says: `账号:6222…` in one cell, or 账号 and its value in the next that is filled. */
export function addSummary(summary: Summary, { cells }: Line): void {
  const filled = cells.map(tidy).filter((cell) => cell !== "");
  filled.forEach((cell, i) => {
    const pair = /^([^:：]+)[:：]\s*(.*)$/.exec(cell);
    const name = findKey(pair ? pair[1]! : cell);
    const value = (pair?.[2] ?? "") === "" ? filled[i + 1] : pair![2]!;
    if (name && value !== undefined && summary[name] === undefined) summary[name] = value;
  });
}

/** Whether a row of the table is a balance brought or carried forward. */
export function balanceRow({ cells }: Line): "opening" | "closing" | undefined {
  for (const cell of cells) {
    const name = findKey(cell);
    if (name === "opening" || name === "closing") return name;
  }
  return undefined;
}
