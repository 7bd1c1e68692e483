import fs from "node:fs/promises";
import { readBankFile } from "../../../../api/fund/bank/parse/read.ts";
import type { ReadingOptions } from "../../../../api/fund/bank/parse/read.ts";
import type { BankStatement } from "../../../../api/fund/bank/parse/statement.ts";

const VECTORS = new URL("../../../vectors/bank/", import.meta.url);

export const readVector = (name: string): Promise<Buffer> => fs.readFile(new URL(name, VECTORS));

/** The one statement of a file. */
export async function readOne(
  bytes: string | Uint8Array,
  options: ReadingOptions = {},
): Promise<BankStatement> {
  const { statements } = await readBankFile(Buffer.from(bytes as string), options);
  if (statements.length !== 1) throw new Error(`${statements.length} statements`);
  return statements[0]!;
}

/** The code that reading is refused with; "none" where it is not. */
export async function refusalOf(
  bytes: string | Uint8Array,
  options: ReadingOptions = {},
): Promise<string> {
  try {
    await readBankFile(Buffer.from(bytes as string), options);
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return "none";
}

export const codesOf = ({ problems }: BankStatement): string[] => problems.map(({ code }) => code);

export interface Entry {
  amount: string;
  sign?: "CRDT" | "DBIT";
  currency?: string;
  date?: string;
  status?: string;
  details?: string;
}

export interface Message {
  version?: string;
  currency?: string;
  opening?: string | null;
  closing?: string | null;
  entries?: Entry[];
  openingDate?: string;
  id?: string;
}

const balance = (type: string, amount: string, { currency, date }: Record<string, string>) =>
  `<Bal><Tp><CdOrPrtry><Cd>${type}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${amount}</Amt>` +
  `<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${date}</Dt></Dt></Bal>`;

function entry(one: Entry, version: string, currency: string): string {
  const status = one.status ?? "BOOK";
  const sts = Number(version) >= 4 ? `<Sts><Cd>${status}</Cd></Sts>` : `<Sts>${status}</Sts>`;
  return (
    `<Ntry><Amt Ccy="${one.currency ?? currency}">${one.amount}</Amt>` +
    `<CdtDbtInd>${one.sign ?? "CRDT"}</CdtDbtInd>${sts}` +
    `<BookgDt><Dt>${one.date ?? "2024-03-05"}</Dt></BookgDt>` +
    `<BkTxCd><Prtry><Cd>1</Cd></Prtry></BkTxCd>${one.details ?? ""}</Ntry>`
  );
}

export function statementXml(message: Message = {}): string {
  const { version = "02", currency = "CNY", entries = [{ amount: "5.00" }] } = message;
  const { opening = "10.00", closing = "15.00", openingDate = "2024-03-01", id = "1" } = message;
  const balances = [
    opening === null ? balance("ITBD", "1.00", { currency, date: openingDate }) : "",
    opening === null ? "" : balance("OPBD", opening, { currency, date: openingDate }),
    closing === null ? "" : balance("CLBD", closing, { currency, date: "2024-03-31" }),
  ];
  return (
    `<Stmt><Id>${id}</Id><CreDtTm>2024-04-01T08:00:00+08:00</CreDtTm>` +
    `<Acct><Id><Othr><Id>6222000000000001</Id></Othr></Id><Ccy>${currency}</Ccy></Acct>` +
    `${balances.join("")}${entries.map((one) => entry(one, version, currency)).join("")}</Stmt>`
  );
}

/** A camt.053 message of the given statements, valid by its schema. */
export const camt = (message: Message = {}, statements = statementXml(message)): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n` +
  `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${message.version ?? "02"}">` +
  `<BkToCstmrStmt><GrpHdr><MsgId>1</MsgId><CreDtTm>2024-04-01T08:00:00+08:00</CreDtTm></GrpHdr>` +
  `${statements}</BkToCstmrStmt></Document>`;
