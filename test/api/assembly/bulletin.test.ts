import { expect } from "chai";
import { createBulletin } from "../../../protocol/assembly/bulletin/bulletin.ts";
import { BulletinIncomplete, readBulletin } from "../../../protocol/assembly/bulletin/read.ts";
import { ask, expectProblem, get } from "./client.ts";
import { TestCommunity } from "./community.ts";
import { TestMeeting } from "./meeting.ts";
import { pdfLines } from "./pdfText.ts";
import { TestService } from "./service.ts";

/** What an office prints, in this order. */
const ORDER = [
  "一、小区和表决范围",
  "二、业主总人数和专有部分总面积",
  "三、表决时间",
  "四、召集人和联系方式",
  "五、参与表决的人数和面积",
  "六、各事项表决结果",
  "同意",
  "反对",
  "业主本人电子签名",
  "纸质票",
  "委托代理",
  "弃权",
  "废票",
  "法律依据",
  "七、见证",
  "八、日期",
];

describe("the official result notice", function () {
  this.timeout(90_000);
  let service: TestService;
  let community: TestCommunity;
  let meeting: TestMeeting;

  before(async () => {
    service = await TestService.create();
    community = await TestCommunity.create(service);
    const roll = await community.freezeRoll();
    const [yes, no] = await community.bindKeys(roll, ["1-1-101", "1-1-102"]);
    meeting = await TestMeeting.convene(community, roll, { items: [5] });
    await meeting.moveTo("opensAt", 1);
    community.forgetSessions();
    await meeting.vote(yes!, "for");
    await meeting.sealed((await meeting.vote(no!, "against")).leaf);
  });
  after(() => service.close());

  const print = async (language = "zh"): Promise<Buffer> => {
    const path = `/api${meeting.path}/bulletin.pdf?language=${language}`;
    const response = await fetch(service.url + path);
    expect(response.headers.get("content-type")).to.equal("application/pdf");
    return Buffer.from(await response.arrayBuffer());
  };

  it("is not there before the count is concluded", async () => {
    const answer = await ask(service, "GET", `${meeting.path}/bulletin`);
    expectProblem(answer, 409, "AssemblyNotConcluded");
  });

  it("says what its published records say, and no more", async () => {
    await meeting.moveTo("countsFrom", 1);
    const { resultIndex } = await meeting.concluded();
    await community.anchored(resultIndex);
    const { head, records } = await get(service, `${meeting.path}/bulletin`);
    expect(head.size).to.be.greaterThan(resultIndex);
    const bulletin = createBulletin(readBulletin(records));
    expect(bulletin.total.heads).to.equal(5n);
    const [motion] = bulletin.motions;
    expect([motion!.for.heads, motion!.against.heads, motion!.absent.heads]).to.deep.equal([
      ...[1n, 1n, 3n],
    ]);
    expect(motion!.outcome).to.equal("QuorumNotReached");
    expect(bulletin.contact).to.equal("物业管理处 1 号楼");
  });

  it("is refused from records that do not belong together", async () => {
    const { records } = await get(service, `${meeting.path}/bulletin`);
    for (const [i] of records.entries()) {
      expect(() => readBulletin(records.toSpliced(i, 1))).to.throw(BulletinIncomplete);
    }
    const [first] = records;
    expect(() => readBulletin([...records, first])).to.throw(BulletinIncomplete);
  });

  it("stands on paper in the order of offices, and reads back", async () => {
    const lines = pdfLines(await print());
    const text = lines.join("\n");
    const places = ORDER.map((words) => text.indexOf(words));
    expect(places.filter((place) => place < 0)).to.deep.equal([]);
    const found = ORDER.reduce((from, words) => {
      const at = text.indexOf(words, from);
      expect(at, words).to.be.greaterThan(-1);
      return at;
    }, 0);
    expect(found).to.be.greaterThan(0);
    expect(text).to.include("业主大会表决结果公告").and.to.include("参与不足");
  });

  it("is the same file each time, and another one in English", async () => {
    const [once, again, english] = [await print(), await print(), await print("en")];
    expect(again.equals(once)).to.equal(true);
    expect(pdfLines(english).join("\n")).to.include("Result of the owners’ assembly");
  });
});
