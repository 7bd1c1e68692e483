import { DomainError } from "../../../http/errors.ts";
import { readAmount } from "./amount.ts";
import { readIsoDate } from "./date.ts";
import type { BankLine, Problem } from "./statement.ts";
import { findElement, findText, listElements } from "./xml.ts";
import type { Element } from "./xml.ts";

interface Place {
  line: number;
  /** The statement's currency and account. */
  currency: string;
  account: string;
  problems: Problem[];
}

/** What every version of the schema asks for; `entry` is 0 outside of entries. */
export function requireText(element: Element, entry: number, ...path: string[]): string {
  const text = findText(element, ...path);
  if (text === undefined) {
    throw new DomainError("BankStructureInvalid", { element: path.join("/"), entry });
  }
  return text;
}

/** One entry; undefined for one that is announced (PDNG, INFO, FUTR) and not booked. */
export function readLine(entry: Element, place: Place): BankLine | undefined {
  const { line } = place;
  // A code of its own since version 4, a text before.
  const status = findText(entry, "Sts", "Cd") ?? requireText(entry, line, "Sts");
  if (status !== "BOOK") return undefined;
  const sign = readSign(entry, line);
  const details = listElements(entry, "NtryDtls").flatMap((group) => listElements(group, "TxDtls"));
  const parties = details.map((detail) => readParty(detail, sign, place.account));
  const party = isSame(parties) ? parties[0] : undefined;
  const only = details.length === 1 ? details[0] : undefined;
  const bankReference =
    findText(entry, "AcctSvcrRef") ??
    findText(only, "Refs", "AcctSvcrRef") ??
    findText(entry, "NtryRef");
  return {
    line,
    ...readDates(entry, place),
    amount: readEntryAmount(entry, sign, place),
    counterparty: party?.name,
    counterpartyAccount: party?.account,
    isOrganisation: party?.isOrganisation,
    reference: readReference(only) ?? bankReference,
    text: readText(entry, only),
    bankReference,
    balance: undefined,
  };
}

/** The sign says what the entry does to the account, also for reversals (RvslInd). */
function readSign(entry: Element, line: number): "CRDT" | "DBIT" {
  const sign = requireText(entry, line, "CdtDbtInd");
  if (sign === "CRDT" || sign === "DBIT") return sign;
  throw new DomainError("BankStructureInvalid", { element: "CdtDbtInd", entry: line });
}

function readEntryAmount(
  entry: Element,
  sign: "CRDT" | "DBIT",
  { line, currency: expected, problems }: Place,
): bigint | undefined {
  const currency = requireText(entry, line, "Amt", "@Ccy");
  if (currency !== expected) {
    problems.push({ code: "BankCurrencyDiffers", params: { line, expected, found: currency } });
    return undefined;
  }
  const text = requireText(entry, line, "Amt");
  const amount = readAmount(text, { currency, sign: "never", extraZeros: "allowed" });
  if (typeof amount === "bigint") return sign === "DBIT" ? -amount : amount;
  problems.push({ code: amount, params: { line } });
  return undefined;
}

function readDates(
  entry: Element,
  { line, problems }: Place,
): Pick<BankLine, "date" | "valueDate"> {
  const [booked, value] = ["BookgDt", "ValDt"].map(
    (name) => findText(entry, name, "Dt") ?? findText(entry, name, "DtTm"),
  );
  const valueDate = value === undefined ? undefined : readIsoDate(value);
  const text = booked ?? value;
  const date = text === undefined ? undefined : readIsoDate(text);
  if (date === undefined) {
    const code = text === undefined ? "BankDateMissing" : "BankDateInvalid";
    problems.push({ code, params: { line } });
  }
  return { date, valueDate };
}

interface Party {
  name: string | undefined;
  account: string | undefined;
  isOrganisation: boolean | undefined;
}

const isSame = (parties: readonly Party[]): boolean =>
  parties.every(
    ({ name, account }) => name === parties[0]?.name && account === parties[0]?.account,
  );

/** Who paid, for money that came in; who was paid, for money that went out. */
function readParty(detail: Element, sign: "CRDT" | "DBIT", ownAccount: string): Party {
  const related = findElement(detail, "RltdPties");
  const [near, far] = sign === "CRDT" ? ["Dbtr", "Cdtr"] : ["Cdtr", "Dbtr"];
  const other = readSide(related, near);
  if (other.name ?? other.account) return other;
  // Some banks name one party only, on whichever side; it is the other one unless it has our account.
  const named = readSide(related, far);
  const isOther = named.account !== undefined && named.account !== ownAccount;
  return isOther ? named : other;
}

function readSide(related: Element | undefined, side: string): Party {
  const account = findElement(related, `${side}Acct`, "Id");
  // The party stands one level deeper since version 8.
  const candidates = [side, `Ultmt${side}`].map(
    (name) => findElement(related, name, "Pty") ?? findElement(related, name),
  );
  const party = candidates.find((one) => findText(one, "Nm") !== undefined);
  return {
    name: findText(party, "Nm"),
    account: findText(account, "IBAN") ?? findText(account, "Othr", "Id"),
    isOrganisation: readKind(party),
  };
}

function readKind(party: Element | undefined): boolean | undefined {
  if (party?.["Id"] === undefined) return undefined;
  if (findElement(party, "Id", "OrgId")) return true;
  return findElement(party, "Id", "PrvtId") ? false : undefined;
}

/** ISO's word for "none". */
const NOT_PROVIDED = "NOTPROVIDED";

function readReference(detail: Element | undefined): string | undefined {
  const paths = [
    ["Refs", "EndToEndId"],
    ["RmtInf", "Strd", "CdtrRefInf", "Ref"],
    ["Refs", "InstrId"],
    ["Refs", "TxId"],
    ["Refs", "ChqNb"],
    ["Refs", "Prtry", "Ref"],
  ];
  return paths
    .map((path) => findText(detail, ...path))
    .find((text) => text !== undefined && text !== NOT_PROVIDED);
}

function readText(entry: Element, detail: Element | undefined): string | undefined {
  const remittance = findElement(detail, "RmtInf")?.["Ustrd"];
  const texts = Array.isArray(remittance) ? (remittance as unknown[]) : [remittance];
  const written = texts
    .filter((text) => typeof text === "string")
    .join(" ")
    .trim();
  const additional = findText(detail, "AddtlTxInf") ?? findText(entry, "AddtlNtryInf");
  return written === "" ? additional : written;
}
