import { expect } from "chai";
import fs from "node:fs";
import path from "node:path";
import { openChainView } from "../../../api/fsck/chain/view.ts";
import type { ChainView } from "../../../api/fsck/chain/view.ts";
import { runFsck } from "../../../api/fsck/fsck.ts";
import type { FsckOptions } from "../../../api/fsck/fsck.ts";
import { Inspection } from "../../../api/fsck/inspection.ts";
import type { FsckReport } from "../../../api/fsck/report.ts";
import { Snapshot } from "../../../api/fsck/snapshot.ts";
import { ACROSS, SUBJECTS, TABLES } from "../../../api/fsck/subjects.ts";
import { Tamperer } from "./mutation.ts";
import type { Column } from "./mutation.ts";
import { prepareInstallation } from "./prepared.ts";
import type { Prepared } from "./prepared.ts";

/** What makes the chain what it is: nothing can be compared with it before it is replayed with the change. */
const JOURNAL = ["ChainBlock", "ChainTransaction", "Setting"];

describe("fsck", function () {
  this.timeout(180_000);
  let prepared: Prepared;
  let tamperer: Tamperer;
  let view: ChainView;
  let columns: Column[];

  before(async () => {
    prepared = await prepareInstallation();
    tamperer = await Tamperer.open(prepared.databaseUrl);
    const snapshot = await Snapshot.open(prepared.databaseUrl);
    view = (await openChainView({ snapshot, inspection: new Inspection(), rpcUrl: undefined }))!;
    await snapshot.close();
    columns = await tamperer.columns();
  });
  after(async () => {
    await view.close();
    await tamperer.close();
    await prepared.close();
  });

  const run = (options: Partial<FsckOptions> = {}): Promise<FsckReport> =>
    runFsck({ ...prepared, ...options });
  /**
   * Only what has to do with the table, on the chain as it was where that cannot have changed: first its own subject,
   * then, where that saw nothing, what concerns all subjects.
   */
  const inspect = async (table: string): Promise<FsckReport> => {
    const subject = SUBJECTS.find(({ tables }) => Object.hasOwn(tables, table))!.name;
    const chain = JOURNAL.includes(table) ? {} : { view };
    const own = await run({ only: [subject], ...chain });
    if (own.findings.some((finding) => finding.table === table)) return own;
    return run({ only: ACROSS.map(({ name }) => name), ...chain });
  };
  const namesOf = ({ findings }: FsckReport): string[] =>
    findings.map(({ kind, table, row, field }) => `${kind} ${table} ${row} ${field ?? ""}`.trim());
  const isEvidence = (table: string): boolean => typeof TABLES.get(table) !== "string";

  it("finds nothing wrong where nothing is, and says what it saw and what it did not", async () => {
    const report = await run();
    expect(report.findings).to.deep.equal([]);
    expect([...TABLES].filter(([, note]) => note === "notYet")).to.deep.equal([]);
    expect(report.verdict).to.equal("ok");
    const seen = new Map(report.inspected.map(({ table, count }) => [table, count]));
    for (const table of [...TABLES.keys()].filter(isEvidence)) {
      expect(seen.get(table), table).to.be.greaterThan(0);
    }
    const left = report.notInspected.map(({ what }) => what);
    expect(left).to.include.members(["Session", "Invitation", "Ballot.acceptedAt"]);
  });

  it("knows every table of the database, and every column that it leaves out", () => {
    const found = [...new Set(columns.map(({ table }) => table))];
    expect(found.toSorted()).to.deep.equal([...TABLES.keys()].toSorted());
    for (const [table, note] of TABLES) {
      if (typeof note === "string") continue;
      const own = columns.filter((column) => column.table === table).map(({ name }) => name);
      expect(own, table).to.include.members([...note.onlyHere]);
    }
  });

  it("finds one changed byte in every column of every table, and names the table", async () => {
    const unseen: string[] = [];
    const empty: string[] = [];
    for (const column of columns) {
      const { table, name } = column;
      const note = TABLES.get(table)!;
      if (typeof note === "string" || note.onlyHere.includes(name)) continue;
      const mutation = await tamperer.change(column, CHANGED[table]);
      if (!mutation) empty.push(`${table}.${name}`);
      else {
        const report = await inspect(table);
        await mutation.revert();
        const isNamed = report.findings.some((finding) => finding.table === table);
        if (!isNamed) unseen.push(`${table}.${name}: ${namesOf(report).join("; ")}`);
      }
    }
    expect(unseen).to.deep.equal([]);
    // Nobody voted with a passkey.
    expect(empty).to.deep.equal(["Ballot.envelope"]);
  });

  it("finds a concluded meeting that is said to be under way", async () => {
    const state = columns.find(({ table, name }) => table === "Meeting" && name === "state")!;
    const mutation = await tamperer.change(state, `"state" = 'concluded'`);
    const { findings } = await inspect("Meeting");
    await mutation!.revert();
    expect(findings.map(({ table, field }) => `${table} ${field}`)).to.include("Meeting state");
  });

  it("finds a row that was taken away, in every table where another thing tells of it", async () => {
    const unseen: string[] = [];
    for (const table of [...TABLES.keys()].filter(isEvidence)) {
      if (UNTOLD.includes(table)) continue;
      const putBack = await tamperer.remove(table, LAST[table]);
      const report = await inspect(table);
      await putBack!();
      const isNamed = report.findings.some(
        (finding) => finding.table === table && finding.kind !== "unreadable",
      );
      if (!isNamed) unseen.push(`${table}: ${namesOf(report).join("; ")}`);
    }
    expect(unseen).to.deep.equal([]);
  });

  it("finds a row that was put in", async () => {
    for (const [table, change] of Object.entries(FORGERIES)) {
      const row = { ...(await tamperer.one(table)), ...change };
      await tamperer.insert(table, row);
      const report = await inspect(table);
      const where = Object.entries(change).map(([name, value]) => `"${name}" = '${value}'`);
      await tamperer.remove(table, where.join(" AND "));
      expect(
        report.findings.map((finding) => finding.table),
        table,
      ).to.include(table);
    }
    expect((await run({ view })).findings).to.deep.equal([]);
  });

  it("names the very record that was changed, even where its leaf was changed to fit", async () => {
    const { index, text, leaf } = (await tamperer.one("Record", `"type" = 'meeting'`)) as {
      index: number;
      text: string;
      leaf: string;
    };
    const where = `WHERE "index" = ${index}`;
    const changed = text.replace("全体业主", "部分业主");
    await tamperer.run(`UPDATE "Record" SET "text" = '${changed}' ${where}`);
    const one = await inspect("Record");
    const newLeaf = `'0x' || encode(sha256('\\x00'::bytea || convert_to("text", 'UTF8')), 'hex')`;
    await tamperer.run(`UPDATE "Record" SET "leaf" = ${newLeaf} ${where}`);
    const two = namesOf(await inspect("Record"));
    await tamperer.run(`UPDATE "Record" SET "text" = '${text}', "leaf" = '${leaf}' ${where}`);
    expect(namesOf(one)).to.include(`differs Record ${index} text`);
    expect(two).to.include(`differs LogNode 0/${index} hash`);
    const range = /^differs Record (\d+)\.\.(\d+) anchored root/;
    const [from, to] = two
      .map((name) => range.exec(name))
      .find(Boolean)!
      .slice(1);
    expect(index).to.be.within(Number(from), Number(to));
  });

  describe("of stored files", () => {
    const files = (): string[] => {
      const directory = path.join(prepared.dataDirectory, "files");
      const names = fs.readdirSync(directory, { recursive: true, encoding: "utf8" });
      return names.filter((name) => fs.statSync(path.join(directory, name)).isFile());
    };
    const pathOf = (name: string): string => path.join(prepared.dataDirectory, "files", name);

    it("finds a changed byte in each, one after the other", async () => {
      expect(files().length).to.be.greaterThan(5);
      for (const name of files()) {
        const bytes = fs.readFileSync(pathOf(name));
        const changed = Buffer.from(bytes);
        changed[changed.length >> 1]! ^= 1;
        fs.writeFileSync(pathOf(name), changed);
        const report = await run({ only: ["anchor"], view });
        fs.writeFileSync(pathOf(name), bytes);
        expect(namesOf(report)).to.deep.equal([`differs files ${name} content`]);
      }
    });

    it("finds one that is gone, and one that nobody stored", async () => {
      const [name] = files() as [string];
      const bytes = fs.readFileSync(pathOf(name));
      fs.rmSync(pathOf(name));
      const old = new Date(Date.now() - 3_600_000);
      const foreign = path.join(path.dirname(name), "0".repeat(62));
      fs.writeFileSync(pathOf(foreign), "x");
      fs.utimesSync(pathOf(foreign), old, old);
      const report = await run({ only: ["anchor"], view });
      fs.writeFileSync(pathOf(name), bytes);
      fs.rmSync(pathOf(foreign));
      expect(namesOf(report)).to.have.members([`missing files ${name}`, `extra files ${foreign}`]);
    });
  });

  it("never says that all is well over something that it could not read", async () => {
    const keys = path.join(prepared.dataDirectory, "keys");
    fs.renameSync(keys, `${keys}.away`);
    const blind = await run({ view });
    fs.renameSync(`${keys}.away`, keys);
    expect(blind.findings).to.deep.equal([]);
    expect(blind.verdict).to.equal("incomplete");
    const why = blind.notInspected.filter((item) => item.why === "noKey").map(({ what }) => what);
    expect(why).to.include.members(["RollVoter owners", "UnitImport", "Document content"]);
    await tamperer.run(`CREATE TABLE "Stranger" (id int)`);
    const strange = await run({ view });
    await tamperer.run(`DROP TABLE "Stranger"`);
    expect(strange.verdict).to.equal("incomplete");
    const unknown = strange.notInspected.filter((item) => item.why === "unknownTable");
    expect(unknown.map(({ what }) => what)).to.deep.equal(["Stranger"]);
    const part = await run({ only: ["http"], view });
    expect(part.verdict).to.equal("incomplete");
  });
});

/**
 * Nothing else says that there must be such a row: a table that was imported and not used, an incident, what an officer
 * did alone, a name for lines to come, what somebody outside said of a head.
 */
const UNTOLD = [
  ...["UnitImport", "ChainIncident", "DeskAct", "BankOrganisation", "Cosignature"],
  ...["HeadTimestamp", "ProjectDocument"],
];

/** Of these tables the row that is changed: others wait for somebody, and nothing else says the same. */
const CHANGED: Record<string, string> = {
  FundDraft: `"state" = 'done' AND "action" = 'entry'`,
};

/** Of these tables the row that something tells of. */
const LAST: Record<string, string> = {
  Setting: `"key" = 'chain'`,
  Proposal: `"kind" = 'freezeRoll'`,
  Enrolment: `"state" = 'bound'`,
  Ballot: `"state" = 'sealed'`,
  Document: `"confidential" = false`,
  FundDraft: `"state" = 'done' AND "action" = 'entry'`,
  FundBalanceLeaf: `"depositedFen" > 0`,
};

const UNUSED = "00000000-0000-4000-8000-000000000001";
const HASH = `0x${"1".repeat(64)}`;

/** A row of the table with something about it changed, so that it can stand beside the others. */
const FORGERIES: Record<string, Record<string, string | number>> = {
  Officer: { id: HASH },
  Attestation: { officer: HASH },
  Roll: { id: UNUSED, number: 9 },
  RollVoter: { number: 99 },
  RollUnit: { position: 99, unit: "9-9-909" },
  KeyPage: { id: UNUSED, page: 9 },
  BoundKey: { position: 9 },
  Record: { index: 2_000_000_000 },
  LogNode: { level: 30, index: 0 },
  Head: { size: 999 },
  Document: { sha256: HASH },
  Disclosure: { sealed: HASH },
  Meeting: { id: UNUSED, number: 9 },
  Batch: { id: UNUSED, number: 9 },
  Ballot: { id: 999, leaf: HASH, waitingVoter: 98 },
  PaperBallot: { id: UNUSED, standingVoter: 99 },
  ChainCall: { id: 999, ref: "nothing" },
  ChainTransaction: { id: 999, hash: HASH, nonce: 999 },
  ChainBlock: { number: 999 },
  Cosignature: { size: 999 },
  HeadTimestamp: { size: 999 },
  PayeeAccount: { hash: HASH, fingerprint: "0" },
  Talk: { record: 999 },
  FundBooks: { communityId: "nowhere" },
  FundEntry: { number: 99, reverses: 98, source: "nobody" },
  FundPosting: { position: 9 },
  FundUnitPosting: { unit: "9-9-909" },
  FundAccount: { account: "income:costs:nothing" },
  FundBuilding: { building: "9" },
  FundUnit: { unit: "9-9-909" },
  FundSettings: { number: 9 },
  FundPeriod: { number: 9 },
  FundBalances: { number: 9 },
  FundBalanceLeaf: { unit: "9-9-909" },
  FundCheck: { id: 999 },
  BankBooks: { communityId: "nowhere" },
  BankAccount: { number: 9 },
  BankStatement: { number: 9 },
  BankLine: { number: 99, identity: "nothing" },
  BankReconciliation: { number: 99, undoes: 98 },
  BankSettledEntry: { entry: 99 },
  FlagBooks: { communityId: "nowhere" },
  FundFlag: { number: 99, key: "nothing" },
  FundFlagAnswer: { number: 99 },
  ProjectBooks: { communityId: "nowhere" },
  Project: { number: 9, meeting: 9 },
  ProjectStep: { number: 99, recordIndex: 999 },
  ProjectInvoice: { sha256: HASH, invoice: "nothing" },
  ProjectDocument: { sha256: HASH },
};
