import { fromFen } from "../../../protocol/fund/money.ts";
import type { Company } from "./companies.ts";

/** A line as the bank prints it; what comes in is positive. */
export interface StatementLine {
  date: string;
  amountFen: bigint;
  with: Company;
  text: string;
}

const HEADER = "交易日期,收入,支出,账户余额,对方户名,对方账号,摘要,交易流水号";

/** The bank's table of an account, oldest first, from the balance before it; gives the balance after it too. */
export function createStatement(
  lines: readonly StatementLine[],
  { openingFen, serial }: { openingFen: bigint; serial: string },
): { bytes: Buffer; closingFen: bigint } {
  let balance = openingFen;
  const rows = lines.map(({ date, amountFen, with: company, text }, i) => {
    balance += amountFen;
    const [paidIn, paidOut] = amountFen > 0n ? [fromFen(amountFen), ""] : ["", fromFen(-amountFen)];
    const number = `${serial}${String(i + 1).padStart(4, "0")}`;
    const { name, account } = company;
    return [date, paidIn, paidOut, fromFen(balance), name, account, text, number].join(",");
  });
  const text = `\u{feff}${[HEADER, ...rows].join("\r\n")}\r\n`;
  return { bytes: Buffer.from(text), closingFen: balance };
}
