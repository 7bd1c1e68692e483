import * as z from "zod";
import type { Line } from "../../../table.ts";

/** What a column of a bank's table may hold. */
export const COLUMNS = [
  "date",
  "valueDate",
  "income",
  "expense",
  "amount",
  "direction",
  "balance",
  "currency",
  "account",
  "counterparty",
  "counterpartyAccount",
  "text",
  "note",
  "reference",
] as const;
export type Column = (typeof COLUMNS)[number];

/** What banks call them, in the form of `toKey`; 借 is what leaves the account and 贷 what comes in. */
const TITLES: Record<Column, string> = {
  date: `交易日期 交易日 记账日期 入账日期 日期 交易时间 记账日 入账时间 交易日期时间 业务日期
    date transactiondate bookingdate posteddate postingdate paiddate paymentdate dateposted`,
  valueDate: "起息日 起息日期 生效日期 valuedate",
  income: `收入 收入金额 贷方发生额 贷方金额 贷方 存入 存入金额 转入金额 收方金额 贷方发生金额 收入发生额
    credit creditamount paidin moneyin deposit deposits income`,
  expense: `支出 支出金额 借方发生额 借方金额 借方 支取 支取金额 转出金额 付方金额 借方发生金额 支出发生额
    debit debitamount paidout moneyout withdrawal withdrawals expense`,
  amount: "金额 交易金额 发生额 交易额 发生金额 amount transactionamount value",
  direction: `借贷标志 借贷 收支 借贷方向 收付标志 收支标志 收支类型 收/支 方向 借贷标记 收支方向
    direction debitcredit creditdebit drcr crdr sign dc debit/credit credit/debit dr/cr`,
  balance:
    "余额 账户余额 交易后余额 本次余额 当前余额 联机余额 balance runningbalance accountbalance",
  currency: "币种 货币 交易币种 币别 currency ccy",
  account: "账号 账户 本方账号 卡号 我方账号 accountnumber account iban accountno",
  counterparty: `对方户名 对方名称 对方账户名称 对方单位名称 对方单位 对方姓名 收付款人 交易对方 交易对手 对手户名
    对方账户名 收付方名称 对方帐户名称 对手名称 对方 counterparty payee name suppliername supplier beneficiary
    payer counterpartyname`,
  counterpartyAccount: `对方账号 对方账户 对方帐号 对手账号 对方卡号 收付方账号
    counterpartyaccount counterpartyiban payeeaccount`,
  text: "摘要 交易摘要 用途 备注摘要 交易类型 业务摘要 description memo details narrative narration text particulars",
  note: "备注 附言 交易附言 留言 说明 附言用途 remark remarks note notes",
  reference: `流水号 交易流水号 交易流水 凭证号 交易序号 业务流水号 核心流水号 银行流水号 参考号 凭证号码 交易编号 日志号
    reference ref transactionid transactionno transno transactionnumber referencenumber id`,
};

const COLUMN_OF_TITLE = new Map(
  COLUMNS.flatMap((column) =>
    TITLES[column].split(/\s+/).map((title): [string, Column] => [title, column]),
  ),
);

/** What is longer is no title, and patterns need not be tried on it. */
export const MAX_TITLE_LENGTH = 100;

/** 交易 日期 (YYYYMMDD) → 交易日期; `Paid Date` → paiddate */
export const toKey = (title: string): string =>
  title
    .slice(0, MAX_TITLE_LENGTH)
    .normalize("NFKC")
    .replace(/\([^)]*\)|\[[^\]]*\]|【[^】]*】/g, "")
    .replace(/[\s:_.*#-]/g, "")
    .toLowerCase();

/** How a bank's tables are to be read, where the titles of the columns do not say it; kept as a template. */
export const mappingSchema = z.strictObject({
  columns: z.partialRecord(z.enum(COLUMNS), z.string().min(1).max(100)).optional(),
  dates: z.enum(["ymd", "dmy", "mdy"]).optional(),
  positive: z.enum(["in", "out"]).optional(),
  sheet: z.string().max(100).optional(),
});

/** `columns`: which title holds what; `dates`: the order of their parts; `positive`: what a number without sign is. */
export type Mapping = z.infer<typeof mappingSchema>;

export interface Header {
  line: number;
  titles: string[];
  at: Partial<Record<Column, number>>;
}

const HEADER_WITHIN_LINES = 50;

/** The first line that names a date and an amount; undefined where none does. */
export function findHeader(lines: readonly Line[], mapping: Mapping): Header | undefined {
  for (const { line, cells } of lines.slice(0, HEADER_WITHIN_LINES)) {
    const at = assign(cells, mapping.columns ?? {});
    const hasAmount =
      at.amount !== undefined || (at.income !== undefined && at.expense !== undefined);
    if (at.date !== undefined && hasAmount) return { line, titles: cells, at };
  }
  return undefined;
}

function assign(cells: readonly string[], wanted: Partial<Record<Column, string>>): Header["at"] {
  const at: Header["at"] = {};
  const keys = cells.map(toKey);
  for (const [column, title] of Object.entries(wanted)) {
    const place = keys.indexOf(toKey(title));
    if (place >= 0) at[column as Column] = place;
  }
  const taken = new Set(Object.values(at));
  keys.forEach((key, place) => {
    const column = COLUMN_OF_TITLE.get(key);
    if (!column || at[column] !== undefined || taken.has(place) || wanted[column] !== undefined)
      return;
    at[column] = place;
  });
  return at;
}

/** The text of a column in a line, tidied; empty where the column or the cell is missing. */
export function cellOf({ cells }: Line, { at }: Header, column: Column): string {
  const place = at[column];
  return place === undefined ? "" : tidy(cells[place] ?? "");
}

/** Full-width forms as ordinary ones for figures and titles; names keep their characters but for NFC. */
export const tidy = (text: string): string => text.normalize("NFC").replace(/\s+/g, " ").trim();
