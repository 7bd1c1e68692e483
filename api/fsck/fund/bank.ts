import { sealText } from "../../../protocol/anchor/sealed.ts";
import {
  bankLinesSchema,
  findStatementFault,
  lineDetails,
} from "../../../protocol/fund/statement.ts";
import type { AccountEnd, BankLineDocument } from "../../../protocol/fund/statement.ts";
import { parseCanonical } from "../../../protocol/anchor/json.ts";
import type {
  BankAccount,
  BankLine,
  BankOrganisation,
  BankReconciliation,
  BankStatement,
} from "../../database/generated/client.ts";
import { lineContext } from "../../fund/bank/publish.ts";
import type { KeptDetails } from "../../fund/bank/publish.ts";
import { readDocument } from "../anchor/documents.ts";
import { inspectDerived } from "../derived.ts";
import { compareRecorded, inspectRecorded } from "../recorded.ts";
import type { RecordedRow } from "../recorded.ts";
import { requireOfficer } from "../registry/communities.ts";
import { opens } from "../registry/lines.ts";
import type { FsckContext } from "../subject.ts";
import { ACCOUNTS, BOOKS, LINES_SETTLED, SETTLED } from "./bankSql.ts";

/** Accounts of the funds at banks, what the banks say, and what their lines belong to. */
export async function inspectBank(context: FsckContext): Promise<void> {
  await inspectDerived(context, { table: "BankBooks", sql: BOOKS });
  await inspectAccounts(context);
  await inspectStatements(context);
  await inspectOpenings(context);
  await inspectReconciliations(context);
  await inspectOrganisations(context);
}

async function inspectAccounts(context: FsckContext): Promise<void> {
  const { inspection, cipher } = context;
  const accounts = inspectRecorded<BankAccount, "bankAccount">(context, {
    ...{ table: "BankAccount", type: "bankAccount", key: ["number"], time: "openedAt" },
    expected: ({ account: number, fund, name, tail, by }) => {
      return { number, fund, name, tail, openedBy: by };
    },
  });
  for await (const { row, record, place } of accounts) {
    if (!cipher) {
      inspection.skip("BankAccount account", "noKey", { community: place.community, count: 1 });
      continue;
    }
    const purpose = `bank account ${row.communityId} ${row.number}`;
    const isOwn = opens(() => {
      if (!cipher.open(row.account, purpose).endsWith(record.tail)) throw new Error("another");
    });
    inspection.secret({ ...place, field: "account" }, isOwn);
  }
  await inspectDerived(context, { table: "BankAccount", sql: ACCOUNTS, counts: false });
}

type Statement = RecordedRow<BankStatement, "statement">;

/** Each statement goes on where the one before ended, and its lines are those that were published. */
async function inspectStatements(context: FsckContext): Promise<void> {
  const statements = inspectRecorded<BankStatement, "statement">(context, {
    ...{ table: "BankStatement", type: "statement", key: ["accountNumber", "number"] },
    time: "importedAt",
    expected: ({ account, opening, closing, lines, first, count, by, ...record }) => {
      const { number, file, format, from, to, openingSource, closingSource, repeated } = record;
      return {
        ...{ number, file, format, from, to, openingSource, closingSource, repeated },
        ...{ accountNumber: account, openingFen: opening, closingFen: closing, document: lines },
        ...{ firstLine: first, lines: count, importedBy: by },
      };
    },
  });
  const ends = new Map<string, AccountEnd>();
  for await (const statement of statements) {
    const { record, place } = statement;
    const { community, account, first, count, closing } = record;
    const lines = await readLines(context, statement);
    const key = `${community} ${account}`;
    const fault = lines && findStatementFault(record, lines, ends.get(key));
    const field = "record against its lines";
    context.inspection.equal({ ...place, field }, "sound", fault ?? "sound");
    ends.set(key, { closingFen: BigInt(closing), lastLine: first + count - 1 });
    if (lines) await compareLines(context, statement, lines);
  }
  await findStrayLines(context);
}

async function readLines(
  context: FsckContext,
  { record: { community, lines: hash, count } }: Statement,
): Promise<BankLineDocument[] | undefined> {
  const bytes = await readDocument(context, hash);
  if (bytes) return bankLinesSchema.parse(parseCanonical(bytes));
  // The file itself is named with the documents.
  context.inspection.skip("BankLine", "dependsOnFailed", { community, count });
  return undefined;
}

async function compareLines(
  context: FsckContext,
  { record: { community, account, number: statement, first, count } }: Statement,
  lines: readonly BankLineDocument[],
): Promise<void> {
  const { snapshot, inspection } = context;
  const rows = await snapshot.rows<BankLine>(
    `SELECT * FROM "BankLine" WHERE "communityId" = $1 AND "accountNumber" = $2 AND "number" BETWEEN $3 AND $4`,
    [community, account, first, first + count - 1],
  );
  const stored = new Map(rows.map((row) => [row.number, row]));
  inspection.count("BankLine", community, rows.length);
  for (const { line, date, amount, balance, sealed, organisation } of lines) {
    const place = { community, table: "BankLine", row: `${account}/${line}` };
    const row = stored.get(line);
    if (!row) {
      inspection.missing(place);
      continue;
    }
    const said = { date, amountFen: amount, balanceFen: balance, sealed, organisation };
    inspection.compare(place, row, { statement, ...said });
    inspectDetails(context, row, (kept) => {
      return (
        kept !== null && sealText({ salt: kept.salt, value: lineDetails(kept) }).sealed === sealed
      );
    });
  }
}

/** Null of the balance with which an account begins. */
type Kept = KeptDetails | null;

/** What the bank says of a line opens under the key, and is what was sealed. */
function inspectDetails(
  { inspection, cipher }: FsckContext,
  row: BankLine,
  isOwn: (kept: Kept) => boolean,
): void {
  const { communityId: community, accountNumber, number } = row;
  if (!cipher) return inspection.skip("BankLine details", "noKey", { community, count: 1 });
  const place = { community, table: "BankLine", row: `${accountNumber}/${number}` };
  const passed = opens(() => {
    const kept = JSON.parse(cipher.open(row.details, lineContext(row))) as Kept;
    if (!isOwn(kept)) throw new Error("another");
  });
  inspection.secret({ ...place, field: "details" }, passed);
}

/** Lines of no statement. */
async function findStrayLines({ snapshot, inspection }: FsckContext): Promise<void> {
  const sql = `
    SELECT l."communityId" AS community, l."accountNumber" || '/' || l."number" AS row FROM "BankLine" l
    WHERE l."number" <> 0 AND NOT EXISTS (
      SELECT FROM "BankStatement" s WHERE s."communityId" = l."communityId" AND s."accountNumber" = l."accountNumber"
        AND l."number" >= s."firstLine" AND l."number" < s."firstLine" + s."lines")`;
  for await (const { community, row } of snapshot.stream<{ community: string; row: string }>(sql)) {
    inspection.extra({ community, table: "BankLine", row });
  }
}

type Opening = BankLine & Pick<BankStatement, "openingFen" | "from">;

/** The balance with which an account begins is its line 0. */
async function inspectOpenings(context: FsckContext): Promise<void> {
  const { snapshot, inspection } = context;
  const sql = `
    SELECT l.*, s."communityId" AS community, s."accountNumber" AS account, s."openingFen", s."from", l."number" AS line
    FROM (SELECT * FROM "BankStatement" WHERE "number" = 1 AND "openingFen" <> 0) s
    FULL JOIN (SELECT * FROM "BankLine" WHERE "number" = 0) l
      ON l."communityId" = s."communityId" AND l."accountNumber" = s."accountNumber"`;
  const rows = snapshot.stream<
    Opening & { community: string | null; account: number | null; line: number | null }
  >(sql);
  for await (const row of rows) {
    const community = row.community ?? row.communityId;
    const place = { community, table: "BankLine", row: `${row.account ?? row.accountNumber}/0` };
    if (row.line !== null) inspection.count("BankLine", community);
    if (row.community === null) inspection.extra(place);
    else if (row.line === null) inspection.missing(place);
    else {
      const { openingFen, from: date } = row;
      inspection.compare(place, row, {
        ...{ statement: 1, date, amountFen: openingFen, balanceFen: openingFen },
        ...{ sealed: "", organisation: null },
      });
      inspectDetails(context, row, (kept) => kept === null);
    }
  }
}

async function inspectReconciliations(context: FsckContext): Promise<void> {
  await compareRecorded<BankReconciliation, "reconciliation">(context, {
    ...{ table: "BankReconciliation", type: "reconciliation", key: ["number"], time: "at" },
    expected: ({ account, sum, ...record }) => {
      const { number, action, lines, entries, reason, undoes, by } = record;
      const own = { number, action, lines, entries, reason, undoes, by };
      return { ...own, accountNumber: account, sumFen: sum };
    },
  });
  await inspectDerived(context, { table: "BankLine", sql: LINES_SETTLED, counts: false });
  await inspectDerived(context, { table: "BankSettledEntry", sql: SETTLED });
}

/** Names that are published beside lines to come: those of lines that were published stand in their documents. */
async function inspectOrganisations(context: FsckContext): Promise<void> {
  const { snapshot, inspection } = context;
  for await (const row of snapshot.stream<BankOrganisation>(`SELECT * FROM "BankOrganisation"`)) {
    const { communityId: community, name, markedBy } = row;
    const place = { community, table: "BankOrganisation", row: name };
    inspection.count(place.table, community);
    await requireOfficer(context, { ...place, field: "markedBy" }, markedBy);
  }
}
