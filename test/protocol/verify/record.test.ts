import { expect } from "chai";
import { verifyRecord } from "../../../protocol/verify/record.ts";
import type { Report } from "../../../protocol/verify/report.ts";
import type { Sources } from "../../../protocol/verify/source.ts";
import type { TestMeeting } from "./meeting.ts";
import { holdMeeting } from "./scenario.ts";
import { flip } from "./tampering.ts";

const show = ({ checks }: Report): string[] =>
  checks
    .filter(({ status }) => status !== "ok")
    .map(({ status, name, subject, detail }) =>
      `${status} ${name} ${subject} ${detail ?? ""}`.trim(),
    );

describe("verification of a record", () => {
  let meeting: TestMeeting;
  const changed = (records: Partial<Sources["records"]>): Sources => {
    const { sources } = meeting.community;
    return { ...sources, records: { ...sources.records, ...records } };
  };

  before(async () => {
    meeting = await holdMeeting();
  });

  it("proves every anchored record, and that every head continues the one before", async () => {
    for (const index of meeting.community.texts.keys()) {
      const report = await verifyRecord(meeting.community.sources, index);
      expect(show(report)).to.deep.equal([]);
      expect(report.checks.some(({ name }) => name === "head")).to.equal(true);
    }
  });

  it("fails when one letter differs", async () => {
    const text = meeting.community.texts[0]!.replace("全体", "部分");
    const { records } = meeting.community.sources;
    const record = async (index: number) => (index === 0 ? { index, text } : records.record(index));
    const report = await verifyRecord(changed({ record }), 0);
    expect(show(report)).to.deep.equal(["failed recordInLog 0"]);
  });

  it("fails when the text is no record", async () => {
    const record = async (index: number) => ({ index, text: "{}" });
    const report = await verifyRecord(changed({ record }), 0);
    expect(show(report)).to.include.members(["failed recordInLog 0", "failed recordLeaf 0"]);
  });

  it("fails when the last head does not continue one before it", async () => {
    const { records } = meeting.community.sources;
    const consistency = async (first: number, second: number) => {
      const path = await records.consistency(first, second);
      return [flip(path[0]!, 3), ...path.slice(1)];
    };
    const report = await verifyRecord(changed({ consistency }), 0);
    expect(show(report)).to.deep.equal(["failed head 5"]);
  });

  it("is incomplete for a record that there is not, or that no head holds yet", async () => {
    const { community } = meeting;
    expect(show(await verifyRecord(community.sources, 99))).to.deep.equal([
      "notChecked recordLeaf 99 missing",
    ]);
    community.publish({ type: "extension", meeting: 1, closesAt: 1, reason: "later" });
    const last = community.texts.length - 1;
    expect(show(await verifyRecord(community.sources, last))).to.deep.equal([
      `notChecked recordInLog ${last} notYet`,
    ]);
  });
});
