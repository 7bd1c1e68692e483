import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { expect } from "chai";
import { PassThrough } from "node:stream";
import { readSheets } from "../../../api/table.ts";
import type { Terms } from "../../../api/fund/books/terms.ts";
import type { PublishedRecord } from "../../../protocol/anchor/record.ts";
import { main } from "../../../scripts/mingzhang.ts";
import { AUDITORS, audit, hasProgram } from "../../debian.ts";
import schema from "../../vectors/ocds/release-schema-1__1__5.json" with { type: "json" };
import { pdfLines } from "../assembly/pdfText.ts";
import { refused } from "../http/client.ts";
import { DEPOSITED, DEPOSITS, TestBooks } from "./community.ts";

const FORMATS = ["csv", "xlsx", "hledger", "beancount", "statement.pdf"] as const;
const AUTHORS = { author: `0x${"01".repeat(32)}`, confirmer: `0x${"02".repeat(32)}` } as const;
const ALL = { by: "area", scope: { kind: "all" } } as const;

describe("the books given out", () => {
  const environment: Record<string, string> = {};
  let books: TestBooks;
  before(async () => {
    books = await TestBooks.create({ environment });
    const units = DEPOSITS.map(({ unit, amountFen }) => ({ unit, amount: -amountFen }));
    await enter("initialDeposit", -900, DEPOSITED, { spread: { by: "list", units } });
    await enter("charge", -800, 123_457n, { category: "roof", spread: ALL });
    await enter("income", -790, 500_000n, { account: "income:revenue:parking" });
    await perform({ action: "balances", date: books.day(-700) });
    await perform({ action: "period", to: books.day(-600) });
    await enter("interest", -500, 77_777n, { spread: ALL });
    await enter("cost", -490, 30_005n, { account: "income:costs:绿化" });
    // Published, and then no longer all that there was on that day: no longer held against the entries.
    await perform({ action: "balances", date: books.day(-450) });
    await enter("topUp", -455, 100n, {
      spread: { by: "list", units: [{ unit: "1-1-101", amount: 100n }] },
    });
    await enter("investment", -440, 200_000n);
    await perform({ action: "period", to: books.day(-300) });
  });
  after(() => books.close());

  const perform = (terms: Terms) =>
    books.db.$transaction((tx) =>
      books.fund.perform(tx, {
        terms,
        origin: { communityId: books.id, by: AUTHORS, source: undefined },
      }),
    );
  type EntryTerms = Extract<Terms, { action: "entry" }>;
  const enter = (
    kind: EntryTerms["kind"],
    day: number,
    amount: bigint,
    rest: Partial<EntryTerms> = {},
  ) => {
    const date = books.day(day);
    const narration = `${kind} "甲"; 测试`;
    return perform({ action: "entry", kind, date, amount, narration, documents: [], ...rest });
  };
  const fetchFile = async (path: string): Promise<Buffer> => {
    const response = await fetch(
      `${books.test.url}/api${books.community.path}/fund/exports/${path}`,
    );
    expect(response.status, path).to.equal(200);
    expect(response.headers.get("content-disposition")).to.match(/filename/);
    return Buffer.from(await response.arrayBuffer());
  };
  const fetchAll = async (): Promise<string[]> => {
    const paths = FORMATS.map((form) => `periods/1/${form}`).concat("periods/2/hledger");
    const files = await Promise.all(paths.map(fetchFile));
    return files.map((bytes) => bytes.toString("base64"));
  };

  it("stay the same for a closed period, whatever is entered and corrected afterwards", async () => {
    const before = await fetchAll();
    await perform({ action: "reversal", number: 2, date: books.day(-2), reason: "发票有误" });
    await enter("charge", -2, 9_000n, {
      ...{ category: "roof", spread: ALL, occurred: books.day(-800) },
    });
    await perform({ action: "balances", date: books.day(-300) });
    await perform({ action: "balances", date: books.day(-620) });
    await perform({ action: "period", to: books.day(-1) });
    // Opened anew: what was made before is not kept.
    environment["PORT"] = new URL(books.test.url).port;
    await books.test.stop();
    await books.test.open();
    expect(await fetchAll()).to.deep.equal(before);
    expect((await fetchFile("periods/1/csv")).toString()).to.not.contain("reversal");
    expect((await fetchFile("periods/3/csv")).toString()).to.contain("reversal");
  });

  for (const { format, program, args } of AUDITORS) {
    if (!hasProgram(program, format)) continue;

    it(`pass ${program}, the whole book and each period by itself, and one altered fen is caught`, async () => {
      const places = ["book", "periods/1", "periods/2", "periods/3"];
      for (const place of places) {
        const text = (await fetchFile(`${place}/${format}`)).toString();
        expect(audit(program, args, text), place).to.equal(undefined);
      }
      const text = (await fetchFile(`book/${format}`)).toString();
      const altered = [
        text.replace("1234.57", "1234.58"),
        text.replaceAll("1234.57", "1234.58"),
        text.replaceAll("777.77", "777.76"),
        text.replaceAll("2000.00", "2000.01"),
      ];
      for (const wrong of altered) {
        expect(wrong).to.not.equal(text);
        expect(audit(program, args, wrong)).to.be.a("string");
      }
    }).timeout(60_000);
  }

  it("are tables of text and of numbers", async () => {
    const csv = (await fetchFile("book/csv")).toString().split("\r\n");
    expect(csv[0]).to.equal(
      "\u{feff}entry,date,fund,kind,category,narration,account,debit,credit,reverses",
    );
    expect(csv[3]).to.contain(",maintenance:owners,1234.57,,");
    const [entries, statement] = await readSheets(await fetchFile("periods/1/xlsx"));
    expect(entries?.lines[3]?.cells).to.include.members(["roof", "maintenance:owners", "1234.57"]);
    const rows = statement!.lines.map(({ cells }) => cells.join("|"));
    expect(rows.find((row) => row.includes("charge|roof"))).to.contain("1234.57");
  });

  it("are a sheet of paper in both languages, with the figures of the page", async () => {
    const zh = pdfLines(await fetchFile("periods/2/statement.pdf")).join("\n");
    expect(zh).to.contain("资金收支公示").and.contain("维修资金").and.contain("期末余额");
    expect(zh).to.contain("¥ 777.77").and.contain("绿化");
    const en = pdfLines(await fetchFile("periods/2/statement.pdf?language=en")).join("\n");
    expect(en).to.contain("Statement of the funds").and.contain("Closing balance");
  });

  it("are releases of repair projects once there is one", async () => {
    const path = `${books.community.path}/fund/exports/ocds`;
    expect(await refused(books.test.client().get(path), 404)).to.equal("ProjectsNone");
    await begin(1, "一号楼屋面防水");
    await begin(2, "二号楼电梯");
    const file = JSON.parse((await fetchFile("ocds")).toString());
    expect(file).to.include({ version: "1.1" });
    expect(file.publisher.uid).to.equal(books.id);
    expect(file.releases).to.have.length(2);
    const ajv = new Ajv.default({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const validate = ajv.compile(schema);
    for (const release of file.releases) {
      expect(validate(release), JSON.stringify(validate.errors)).to.equal(true);
      expect(release.ocid).to.match(/^ocds-[0-9a-z]{6}-/);
    }
  });

  const begin = (project: number, title: string) => {
    const record: PublishedRecord = {
      ...{ v: 1, type: "project", community: books.id, at: "2025-01-10T08:00:00Z", project, title },
      ...{ date: "2025-01-10", note: title, documents: [], author: AUTHORS.author },
      ...{ category: "roof", route: "vote", ground: null, estimate: "9999999" },
    };
    const { anchor } = books.test.service;
    return books.db.$transaction((tx) => anchor.append(tx, books.id, record));
  };

  it("are refused for what is not there", async () => {
    const client = books.test.client();
    const path = `${books.community.path}/fund/exports`;
    expect(await refused(client.get(`${path}/periods/9/csv`), 404)).to.equal("PeriodNotFound");
    expect(await refused(client.get(`${path}/periods/9/statement.pdf`), 404)).to.equal(
      "PeriodNotFound",
    );
    expect(await refused(client.get(`${path}/book/docx`), 400)).to.equal("InputInvalid");
    const elsewhere = "/communities/nowhere/fund/exports/book/csv";
    expect(await refused(client.get(elsewhere), 404)).to.equal("CommunityNotFound");
  });

  it("come from the command line byte for byte", async () => {
    const run = async (...args: string[]) => {
      const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
      stdin.end();
      const code = await main(["export", ...args], { stdin, stdout, stderr });
      return { code, out: (stdout.read() as Buffer | null) ?? Buffer.alloc(0) };
    };
    const where = ["--api", books.test.url];
    const journal = await run("hledger", ...where);
    expect(journal.code).to.equal(0);
    expect(journal.out.equals(await fetchFile("book/hledger"))).to.equal(true);
    const workbook = await run("xlsx", "--period", "2", "--community", books.id, ...where);
    expect(workbook.out.equals(await fetchFile("periods/2/xlsx"))).to.equal(true);
    const wrong = [["docx"], ["pdf"], ["csv", "--period", "x"], ["csv", "--period", "99"], []];
    for (const args of wrong) expect((await run(...args, ...where)).code, args[0]).to.equal(2);
  });
});
