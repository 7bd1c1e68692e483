import { expect } from "chai";
import iconv from "iconv-lite";
import writeXlsxFile from "write-excel-file/node";
import { type Body, ok, refused } from "../http/client.ts";
import { TestService } from "../http/service.ts";
import { TestCommunity } from "./community.ts";
import { VILLAGE, VILLAGE_AREA, residentNumber, toCsv, toTable } from "./tables.ts";

describe("imports and rolls over HTTP", () => {
  let test: TestService;
  let community: TestCommunity;

  before(async () => {
    test = await TestService.start();
    community = await TestCommunity.create(test);
  });
  after(() => test.close());

  const register = { units: 7, area: "1661.6201" };
  const draw = (id: string, body: Body = {}): Promise<Body> => {
    const path = `${community.path}/imports/${id}/roll`;
    return community.registrar.client.post(path, { scope: "全小区", register, ...body });
  };

  it("shows a table with rejected lines and makes nothing of it", async () => {
    const { id, report } = await community.import([...VILLAGE, VILLAGE[0]!]);
    expect(report.clean).to.equal(false);
    expect(report.rejected).to.deep.equal([
      { line: 9, code: "UnitDuplicate", params: { first: 2, unit: "1-1-101" } },
    ]);
    expect(await refused(draw(id as string), 409)).to.equal("ImportRejected");
    const row = await test.database.client.unitImport.findUniqueOrThrow({ where: { id } });
    expect(row.units).to.equal(null);
  });

  it("takes a property office's files as they are: GB18030 and XLSX, whatever their names", async () => {
    const table = toTable(VILLAGE);
    const csv = iconv.encode(toCsv(table), "gb18030");
    const cells = table.map((row) => row.map((value) => ({ value })));
    const xlsx = await writeXlsxFile(cells).toBuffer();
    for (const [bytes, name] of [
      [csv, "业主名册(最终版).csv"],
      [xlsx, "业主名册.xlsx"],
    ] as const) {
      const { report } = await community.upload(bytes, {}, name);
      expect(report).to.include({ clean: true, voters: 5, votingArea: VILLAGE_AREA });
    }
  });

  it("compares with the total that is stated", async () => {
    const stated = await community.import(VILLAGE, { statedArea: "1700", statedUnits: "7" });
    expect(stated.report.rejected).to.deep.equal([
      { line: 0, code: "TotalAreaDiffers", params: { stated: "1700", sum: "1661.6201" } },
    ]);
    const right = await community.import(VILLAGE, { statedArea: "1661.6201" });
    expect(right.report.clean).to.equal(true);
  });

  it("makes no roll of a table that is not the whole of the property register", async () => {
    const { id } = await community.import(VILLAGE.slice(1));
    expect(await refused(draw(id as string), 409)).to.equal("RegisterDiffers");
    const whole = await community.import(VILLAGE);
    for (const wrong of [
      { ...register, units: 8 },
      { ...register, area: "1661.6202" },
    ]) {
      const refusal = draw(whole.id as string, { register: wrong });
      expect(await refused(refusal, 409)).to.equal("RegisterDiffers");
    }
    const unsaid = draw(whole.id as string, { register: undefined });
    expect(await refused(unsaid, 400)).to.equal("InputInvalid");
    expect(await test.database.client.roll.count()).to.equal(0);
  });

  it("counts parking spaces where the rules say so", async () => {
    const uses = JSON.stringify(["residence", "shop", "parking"]);
    const { report } = await community.import(VILLAGE, { uses });
    expect(report).to.include({ voters: 5, votingArea: "1661.6201" });
    const broken = community.registrar.client.upload(
      `${community.path}/imports`,
      { name: "a.csv", bytes: new Uint8Array([97]) },
      { uses: "[parking" },
    );
    expect(await refused(broken, 400)).to.equal("InputInvalid");
  });

  it("refuses what is no table, an empty one, and one without a file", async () => {
    const send = (bytes: Uint8Array) =>
      community.registrar.client.upload(`${community.path}/imports`, { name: "a.csv", bytes });
    const text = (content: string) => new TextEncoder().encode(content);
    expect(await refused(send(text("a,b,c\n1,2,3")), 422)).to.equal("ImportHeaderMissing");
    expect(await refused(send(text(toCsv(toTable([])))), 422)).to.equal("ImportEmpty");
    expect(await refused(send(new Uint8Array([0x89, 0x50, 0, 0])), 422)).to.equal(
      "ImportFileUnreadable",
    );
    const address = `${community.path}/imports`;
    const json = community.registrar.client.post(address, {});
    expect(await refused(json, 400)).to.equal("BodyMalformed");
    const empty = community.registrar.client.request("POST", address, { body: new FormData() });
    expect(await refused(empty, 400)).to.equal("FileMissing");
  });

  it("leaves imports to officers, and the roll to the registrar", async () => {
    const { id } = await community.import(VILLAGE);
    const stranger = test
      .client()
      .upload(`${community.path}/imports`, { name: "a", bytes: new Uint8Array(1) });
    expect(await refused(stranger, 401)).to.equal("LoginRequired");
    const committee = community.committee.client.post(`${community.path}/imports/${id}/roll`, {
      ...{ scope: "x", register },
    });
    expect(await refused(committee, 403)).to.equal("RoleRequired");
  });

  it("keeps names and identity numbers out of the database's plain columns", async () => {
    await community.import(VILLAGE);
    const db = test.database.client;
    const tables = await Promise.all([
      db.unitImport.findMany(),
      db.rollVoter.findMany(),
      db.rollUnit.findMany(),
      db.record.findMany(),
      db.proposal.findMany(),
    ]);
    for (const rows of tables.flat()) {
      for (const value of Object.values(rows)) {
        const text =
          value instanceof Uint8Array ? Buffer.from(value).toString("utf8") : String(value);
        expect(text).not.to.contain("张三").and.not.to.contain(residentNumber(1));
      }
    }
  });

  it("draws one roll at a time; a withdrawn one leaves its number", async () => {
    const { id } = await community.import(VILLAGE);
    const first = await ok(draw(id as string));
    expect(await refused(draw(id as string), 409)).to.equal("RollPending");
    const address = `${community.path}/proposals/${first.proposal}/withdrawal`;
    await ok(community.registrar.client.post(address));
    const second = await ok(draw(id as string));
    expect(second.roll).to.equal(first.roll);
    await community.sign(second.proposal as string);
    expect((await community.roll(second.roll as number)).totalArea).to.equal(VILLAGE_AREA);
  });

  it("draws a roll of one building, whose owners alone decide", async () => {
    const { id } = await community.import(VILLAGE);
    const body = { scope: "1幢", buildings: ["1"] };
    const { roll, proposal } = await ok(draw(id as string, body));
    await community.sign(proposal as string);
    const frozen = await community.roll(roll as number);
    expect(frozen).to.include({ voters: 3, totalArea: "279.62", scope: "1幢" });
    const nowhere = draw(id as string, { scope: "9幢", buildings: ["9"] });
    expect(await refused(nowhere, 422)).to.equal("RollScopeEmpty");
  });

  it("knows a roll's invitations and keys to be the registrar's, and of frozen rolls only", async () => {
    const { registrar, committee } = community;
    const address = (roll: number, what: string) => `${community.path}/rolls/${roll}/${what}`;
    expect(await refused(committee.client.post(address(1, "invitations")), 403)).to.equal(
      "RoleRequired",
    );
    expect(await refused(registrar.client.post(address(99, "invitations")), 404)).to.equal(
      "RollNotFound",
    );
    expect(await refused(registrar.client.post(address(1, "keys")), 409)).to.equal(
      "EnrolmentNoneWaiting",
    );
    const unknown = registrar.client.post(address(1, "invitations"), { units: ["9-9-999"] });
    expect(await refused(unknown, 404)).to.equal("VoterNotFound");
    const revocation = { page: 0, position: 0, reason: "x" };
    const key = registrar.client.post(address(1, "revocations"), revocation);
    expect(await refused(key, 404)).to.equal("KeyNotFound");
  });
});
