import { expect } from "chai";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { toAccount, toBeancount } from "../../../protocol/fund/export/beancount.ts";
import { toHledger } from "../../../protocol/fund/export/hledger.ts";
import type { Journal } from "../../../protocol/fund/export/journal.ts";
import { toCsv } from "../../../protocol/fund/export/table.ts";
import { AUDITORS, audit, hasProgram } from "../../debian.ts";

type Entry = RecordOf<"entry">;

const ZERO = `0x${"00".repeat(32)}`;

function entry(
  number: number,
  { date, kind, narration, ...rest }: Partial<Entry>,
  postings: [string, bigint][],
): Entry {
  return {
    ...{ v: 1, type: "entry", community: "sample", at: "2025-01-01T00:00:00Z" },
    ...{ occurred: null, category: null, units: null, reverses: null, reason: null },
    ...{ linked: [], documents: [], author: null, confirmer: null, source: null },
    ...rest,
    ...{ number, date: date!, kind: kind!, narration: narration! },
    fund: postings[0]![0].startsWith("income") ? "income" : "maintenance",
    postings: postings.map(([account, amount]) => ({ account, amount: `${amount}` })),
  };
}

function balances(date: string, ledger: RecordOf<"balances">["ledger"]): RecordOf<"balances"> {
  const sums = { deposited: "0", gained: "0", used: "0", balance: "0", owed: "0" };
  return {
    ...{ v: 1, type: "balances", community: "sample", at: "2025-01-01T00:00:00Z" },
    ...{ number: 1, date, lastEntry: 4, count: 1, root: ZERO, sums, ledger, bank: null },
    buildings: ZERO,
  };
}

const JOURNAL: Journal = {
  community: "sample",
  entries: [
    entry(1, { date: "2024-01-05", kind: "initialDeposit", narration: '首期交存; 2 户 | "甲"' }, [
      ["maintenance:bank", 100_000_01n],
      ["maintenance:owners", -100_000_01n],
    ]),
    entry(2, { date: "2024-03-01", kind: "charge", narration: "=1 号楼电梯\n更换" }, [
      ["maintenance:owners", 997_77n],
      ["maintenance:bank", -997_77n],
    ]),
    entry(3, { date: "2024-03-02", kind: "income", narration: "停车费" }, [
      ["income:bank", 5_000_00n],
      ["income:revenue:parking", -5_000_00n],
    ]),
    entry(4, { date: "2024-03-02", kind: "cost", narration: "绿化, 保洁" }, [
      ["income:costs:绿化", 300_05n],
      ["income:bank", -300_05n],
    ]),
    entry(5, { date: "2024-06-01", kind: "reversal", narration: "更正", reverses: 2 }, [
      ["maintenance:owners", -997_77n],
      ["maintenance:bank", 997_77n],
    ]),
  ],
  balances: [
    balances("2024-03-31", { owners: "9900224", bank: "9900224", investments: "0" }),
    balances("2024-12-31", { owners: "10000001", bank: "10000001", investments: "0" }),
  ],
};

/** The same books with one fen more in one posting, or in two so that the entry still adds up. */
function alter(places: readonly [entry: number, posting: number, fen: bigint][]): Journal {
  const altered = structuredClone(JOURNAL) as { entries: Entry[] } & Journal;
  for (const [at, posting, fen] of places) {
    const line = altered.entries[at]!.postings[posting]!;
    line.amount = `${BigInt(line.amount) + fen}`;
  }
  return altered;
}

const WRITERS = { hledger: toHledger, beancount: toBeancount };

describe("the books for programs of others", () => {
  for (const { format, program, args } of AUDITORS) {
    if (!hasProgram(program, format)) continue;
    const write = WRITERS[format];

    it(`pass ${program}`, () => {
      expect(audit(program, args, write(JOURNAL))).to.equal(undefined);
    }).timeout(30_000);

    it(`fail ${program} with one fen altered in any posting`, () => {
      const altered = JOURNAL.entries.map((_, i) => write(alter([[i, 0, 1n]])));
      for (const text of altered) expect(audit(program, args, text)).to.be.a("string");
    }).timeout(60_000);

    it(`fail ${program} with one fen altered so that the entry still adds up`, () => {
      const text = write(alter([[1, 0, 1n], [1, 1, -1n]])); // prettier-ignore
      expect(audit(program, args, text)).to.be.a("string");
    }).timeout(30_000);
  }

  it("have one Beancount account for each of ours", () => {
    const keys = ["green", "Green", "0Green", "0", "00", "绿化", "a-1"];
    const names = keys.map((key) => toAccount(`income:costs:${key}`));
    expect(new Set(names).size).to.equal(keys.length);
    for (const name of names) expect(name).to.match(/^Expenses:Income:[^a-z]/);
  });

  it("become a table that no spreadsheet takes for formulas", () => {
    const lines = toCsv(JOURNAL.entries).split("\r\n");
    expect(lines).to.have.length(12);
    expect(lines[1]).to.contain('"首期交存; 2 户 | ""甲""",maintenance:bank,100000.01,,');
    expect(lines[3]).to.contain(",'=1 号楼电梯 更换,maintenance:owners,997.77,,");
    expect(lines[8]).to.contain('"绿化, 保洁",income:bank,,300.05,');
  });
});
