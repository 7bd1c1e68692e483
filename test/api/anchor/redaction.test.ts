import { expect } from "chai";
import { HttpRecordSource } from "../../../protocol/verify/http.ts";
import { verifyMeeting } from "../../../protocol/verify/meeting.ts";
import { verifyRecord } from "../../../protocol/verify/record.ts";
import type { Check, Report } from "../../../protocol/verify/report.ts";
import { RpcChainSource } from "../../../protocol/verify/rpc.ts";
import type { RecordSource } from "../../../protocol/verify/source.ts";
import { ask, get } from "../assembly/client.ts";
import { TestCommunity } from "../assembly/community.ts";
import { TestMeeting } from "../assembly/meeting.ts";
import { TestService } from "../assembly/service.ts";

const CONTACT = "物业管理处 1 号楼";
const REASON = "联系人已更换";

describe("redaction of a record's sealed field", function () {
  this.timeout(60_000);
  let test: TestService;
  let community: TestCommunity;
  let meeting: TestMeeting;
  let index: number;

  before(async () => {
    test = await TestService.create();
    community = await TestCommunity.create(test);
    meeting = await TestMeeting.convene(community, await community.freezeRoll());
    index = (await meeting.view()).record.index;
  });
  after(() => test.close());

  const records = (): HttpRecordSource =>
    new HttpRecordSource({ api: `${test.url}/api`, community: community.id });
  const verify = (change: Partial<RecordSource> = {}): Promise<Report> => {
    const source = records();
    const own = Object.assign(Object.create(source) as RecordSource, {
      ...bindAll(source),
      ...change,
    });
    return verifyRecord({ records: own, chain: new RpcChainSource(`${test.url}/api/rpc`) }, index);
  };
  const bindAll = (source: HttpRecordSource): RecordSource => ({
    community: () => source.community(),
    findRecords: (query) => source.findRecords(query),
    record: (at) => source.record(at),
    inclusion: (at, size) => source.inclusion(at, size),
    consistency: (first, second) => source.consistency(first, second),
    document: (hash) => source.document(hash),
    checkpoint: (size) => source.checkpoint(size),
  });
  const fieldOf = ({ checks }: Report): Check | undefined =>
    checks.find(({ name }) => name === "sealedField");
  const record = (at = index) => get(test, `${community.path}/records/${at}`);
  const propose = (body: object, officer: "registrar" | "tellerA" = "registrar") =>
    community
      .cookieOf(officer)
      .then((cookie) => ask(test, "POST", `${community.path}/redactions`, { body, cookie }));

  it("needs a field that is sealed, and an officer who may", async () => {
    const refusal = async (body: object, officer?: "tellerA") =>
      (await propose(body, officer)).body.code as string;
    const field = { record: index, path: "/contact", reason: REASON };
    expect(await refusal({ ...field, path: "/title" })).to.equal("FieldNotSealed");
    expect(await refusal({ ...field, record: 999 })).to.equal("RecordNotFound");
    expect(await refusal(field, "tellerA")).to.equal("RoleRequired");
  });

  it("is not needed for the record to be public: it holds a hash, and what it seals stands beside it", async () => {
    const { bytes, disclosures } = await record();
    expect(bytes).not.to.contain(CONTACT);
    expect(disclosures).to.have.lengthOf(1);
    expect(disclosures[0]).to.include({ path: "/contact", value: CONTACT });
    expect((await meeting.view()).contact).to.equal(CONTACT);
    const report = await verify();
    expect(report.verdict).to.equal("ok");
    expect(fieldOf(report)).to.include({ status: "ok", subject: `${index}/contact` });
  });

  it("does not pass another text off as the sealed one", async () => {
    const entry = await records().record(index);
    const disclosures = entry.disclosures!.map((field) => ({ ...field, value: "别的电话" }));
    const report = await verify({ record: async () => ({ ...entry, disclosures }) });
    expect(fieldOf(report)).to.include({ status: "failed", detail: "differs" });
  });

  it("says so where a text is withheld and nobody has redacted it", async () => {
    const entry = await records().record(index);
    const withheld = async () => ({ ...entry, disclosures: [] });
    expect(fieldOf(await verify({ record: withheld }))).to.include({
      status: "notChecked",
      detail: "notPublished",
    });
  });

  it("takes two officers, deletes salt and text for good, and says who, when and why", async () => {
    const { body } = await propose({ record: index, path: "/contact", reason: REASON });
    const proposal = body.proposal as string;
    await community.signAs("registrar", proposal);
    expect((await record()).disclosures).to.have.lengthOf(1);
    await community.signAs("committee", proposal);
    expect((await record()).disclosures).to.deep.equal([]);
    expect((await meeting.view()).contact).to.equal(null);
    const { items } = await get(test, `${community.path}/records?type=redaction`);
    const redaction = JSON.parse(items[0].bytes as string) as Record<string, unknown>;
    expect(redaction).to.include({ record: index, path: "/contact", reason: REASON });
    const rows = await test.database.client.disclosure.findMany();
    expect(rows.map(({ salt, value, redactedBy }) => ({ salt, value, redactedBy }))).to.deep.equal([
      { salt: null, value: null, redactedBy: items[0].index as number },
    ]);
    await community.anchored(items[0].index as number);
  });

  it("leaves every proof of the record standing, and the verifier says who redacted", async () => {
    const report = await verify();
    expect(report.checks.filter(({ status }) => status !== "ok")).to.deep.equal([]);
    const found = JSON.parse(fieldOf(report)!.found!) as { by: string[]; reason: string };
    expect(fieldOf(report)!.detail).to.equal("redacted");
    expect(found).to.deep.include({ by: ["registrar", "committee"], reason: REASON });
    const sources = { records: records(), chain: new RpcChainSource(`${test.url}/api/rpc`) };
    const { checks } = await verifyMeeting(sources, meeting.number);
    expect(checks.filter(({ status }) => status === "failed")).to.deep.equal([]);
    expect(checks.find(({ name }) => name === "sealedField")!.detail).to.equal("redacted");
  });

  it("is not believed without the officers' signatures", async () => {
    const found = await records().findRecords({ type: "redaction", record: index });
    const forged = found.map((entry) => ({ ...entry, text: entry.text.replace(REASON, "无") }));
    const report = await verify({
      findRecords: async () => forged,
      record: async (at) => forged.find((entry) => entry.index === at) ?? records().record(at),
    });
    expect(fieldOf(report)).to.include({ status: "notChecked", detail: "dependsOnFailed" });
    expect(report.verdict).to.equal("failed");
  });

  it("happens once", async () => {
    const { body } = await propose({ record: index, path: "/contact", reason: REASON });
    expect(body.code).to.equal("FieldRedacted");
  });
});
