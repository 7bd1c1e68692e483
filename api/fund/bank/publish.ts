import { bytesToHex } from "viem";
import type { Hex } from "viem";
import { canonicalBytes } from "../../../protocol/anchor/json.ts";
import { SALT_BYTES, sealText } from "../../../protocol/anchor/sealed.ts";
import { lineDetails } from "../../../protocol/fund/statement.ts";
import type { BankLineDetails, BankLineDocument } from "../../../protocol/fund/statement.ts";
import { toInstant } from "../../clock.ts";
import type { Cipher } from "../../cipher.ts";
import type { Tx } from "../../database/client.ts";
import type { BankAccount, BankStatement } from "../../database/generated/client.ts";
import { toDay } from "../books/lock.ts";
import type { FundContext } from "../context.ts";
import type { IdentifiedLine } from "./identity.ts";
import type { ImportPlan } from "./plan.ts";
import type { Balance } from "./parse/statement.ts";

export interface NewStatement {
  account: BankAccount;
  plan: ImportPlan;
  file: Hex;
  format: string;
  opening: Balance;
  closing: Balance;
  officer: Hex;
}

/** What is kept of a line beside what is published. */
export interface KeptDetails extends BankLineDetails {
  salt: Hex;
}

interface PreparedLine {
  line: IdentifiedLine;
  document: BankLineDocument;
  details: KeptDetails;
}

/** Adds a statement's new lines, publishes its record, and moves the account's end. */
export async function publishStatement(
  context: FundContext,
  tx: Tx,
  statement: NewStatement,
): Promise<BankStatement> {
  const { account, plan, officer } = statement;
  const { communityId, number: accountNumber, lastLine } = account;
  const names = await findOrganisations(tx, communityId);
  const lines = plan.added.map((line, i) =>
    prepareLine(line, { number: lastLine + 1 + i, names, random: context.random }),
  );
  const number = account.lastStatement + 1;
  const { sha256: document } = await context.anchor.putDocument(tx, {
    communityId,
    name: `statement ${accountNumber}-${number} lines.json`,
    mediaType: "application/json",
    bytes: canonicalBytes(lines.map((one) => one.document)),
  });
  const now = context.clock.now();
  const traits = toTraits(statement, { number, document });
  const { fund, tail } = account;
  const { index, leaf } = await context.anchor.append(tx, communityId, {
    ...{ v: 1, type: "statement", community: communityId, at: toInstant(now), by: officer },
    ...{ ...traits, account: accountNumber, fund: fund as "maintenance" | "income", tail },
  });
  await addLines(context.cipher, tx, { account, statement: number, lines, plan });
  const where = { communityId_number: { communityId, number: accountNumber } };
  const data = { lastStatement: number, lastLine: lastLine + lines.length };
  const end = { closingFen: plan.closingFen, closedOn: toDay(plan.to) };
  await tx.bankAccount.update({ where, data: { ...data, ...end } });
  const { file, format, openingSource, closingSource, repeated } = traits;
  return tx.bankStatement.create({
    data: {
      ...{ communityId, accountNumber, number, file, format, openingSource, closingSource },
      ...{ document, repeated, importedBy: officer, importedAt: now },
      ...{ from: toDay(plan.from), to: toDay(plan.to) },
      ...{ firstLine: traits.first, lines: traits.count },
      ...{ openingFen: plan.openingFen, closingFen: plan.closingFen },
      ...{ recordIndex: index, recordLeaf: leaf },
    },
  });
}

/** What record and row both say. */
const toTraits = (
  { account, plan, file, format, opening, closing }: NewStatement,
  { number, document }: { number: number; document: Hex },
) => ({
  number,
  file,
  format,
  from: plan.from,
  to: plan.to,
  opening: String(plan.openingFen),
  closing: String(plan.closingFen),
  openingSource: opening.source,
  closingSource: closing.source,
  lines: document,
  first: account.lastLine + 1,
  count: plan.added.length,
  repeated: plan.repeated,
});

const orNull = (text: string | undefined): string | null => text ?? null;

interface LinePlace {
  number: number;
  names: ReadonlySet<string>;
  random: FundContext["random"];
}

function prepareLine(line: IdentifiedLine, { number, names, random }: LinePlace): PreparedLine {
  const salt = bytesToHex(random(SALT_BYTES));
  const details = {
    counterparty: orNull(line.counterparty),
    counterpartyAccount: orNull(line.counterpartyAccount),
    reference: orNull(line.reference),
    text: orNull(line.text),
  };
  const { sealed } = sealText({ salt, value: lineDetails(details) });
  const document = {
    line: number,
    date: line.date,
    amount: String(line.amount),
    balance: line.balance === undefined ? null : String(line.balance),
    sealed,
    organisation: findOrganisation(line, names),
  };
  return { line, document, details: { ...details, salt } };
}

/** Named in public: what the bank says is an organisation, or an officer has marked; never what the bank says is a person. */
function findOrganisation(
  { counterparty, isOrganisation }: IdentifiedLine,
  names: ReadonlySet<string>,
): string | null {
  if (counterparty === undefined || isOrganisation === false) return null;
  const name = counterparty.normalize("NFC");
  return isOrganisation === true || names.has(name) ? name : null;
}

async function findOrganisations(tx: Tx, communityId: string): Promise<Set<string>> {
  const rows = await tx.bankOrganisation.findMany({ where: { communityId } });
  return new Set(rows.map(({ name }) => name));
}

interface NewLines {
  account: BankAccount;
  statement: number;
  lines: readonly PreparedLine[];
  plan: ImportPlan;
}

/** The balance with which an account begins is its line 0: it belongs to an entry as every other line does. */
async function addLines(
  cipher: Cipher,
  tx: Tx,
  { account, statement, lines, plan }: NewLines,
): Promise<void> {
  const { communityId, number: accountNumber } = account;
  const place = { communityId, accountNumber, statement };
  const seal = (number: number, details: KeptDetails | null): Uint8Array<ArrayBuffer> =>
    cipher.seal(JSON.stringify(details), lineContext({ communityId, accountNumber, number }));
  const rows = lines.map(({ line, document, details }) => ({
    ...place,
    number: document.line,
    identity: line.identity,
    date: toDay(line.date),
    valueDate: line.valueDate === undefined ? null : toDay(line.valueDate),
    amountFen: line.amount,
    balanceFen: line.balance ?? null,
    sealed: document.sealed,
    organisation: document.organisation,
    details: seal(document.line, details),
  }));
  const begins = account.closingFen === null && plan.openingFen !== 0n;
  const opening = {
    ...{ ...place, number: 0, identity: "opening", date: toDay(plan.from), valueDate: null },
    ...{ amountFen: plan.openingFen, balanceFen: plan.openingFen, sealed: "", organisation: null },
    details: seal(0, null),
  };
  await tx.bankLine.createMany({ data: begins ? [opening, ...rows] : rows });
}

/** What the details of a line are encrypted for. */
export const lineContext = (line: {
  communityId: string;
  accountNumber: number;
  number: number;
}): string => `bank line ${line.communityId} ${line.accountNumber} ${line.number}`;
