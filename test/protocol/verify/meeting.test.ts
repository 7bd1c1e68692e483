import { expect } from "chai";
import { verifyMeeting } from "../../../protocol/verify/meeting.ts";
import type { Report } from "../../../protocol/verify/report.ts";
import { TestCommunity } from "./community.ts";
import { TestMeeting } from "./meeting.ts";
import { MIXED } from "./roll.ts";
import { conveneMeeting, holdMeeting } from "./scenario.ts";

const verify = ({ community }: TestMeeting) => verifyMeeting(community.sources, 1);

/** Checks that are not ok, by name, subject and detail. */
function trouble({ checks }: Report): string[] {
  return checks
    .filter(({ status }) => status !== "ok")
    .map(({ name, subject, status, detail }) =>
      [status, name, subject, detail ?? ""].join(" ").trim(),
    );
}

const codesOf = ({ checks }: Report): Record<string, string> =>
  Object.fromEntries(
    checks
      .filter(({ name }) => name === "batchCodes")
      .map(({ subject, found }) => [subject, found!.slice(2).replaceAll("0", "")]),
  );

describe("verification of a meeting", () => {
  for (const conflict of ["newestFirst", "oldestFirst", "paperFirst"] as const) {
    it(`finds a whole meeting in order: ${conflict}`, async () => {
      const report = await verify(await holdMeeting({ ...MIXED, conflict }));
      expect(trouble(report)).to.deep.equal([]);
      expect(report.verdict).to.equal("ok");
      const { motions, voted } = report.recount!;
      // Of fourteen, the one whose key was revoked and two who stayed away have no ballot.
      expect(voted).to.have.length(11);
      const [motion] = motions;
      expect(motion!.outcome).to.equal("Adopted");
      const revote = { newestFirst: "abstain", oldestFirst: "for", paperFirst: "against" } as const;
      const heads = { abstain: 3, for: 7, against: 0 };
      heads[revote[conflict]] += 1;
      expect(motion!.tally[revote[conflict]].heads).to.equal(heads[revote[conflict]]);
    });
  }

  it("gives the codes that the contract gave", async () => {
    const report = await verify(await holdMeeting());
    const codes = codesOf(report);
    expect(codes["1"]!.split("").sort().join("")).to.equal("16");
    expect(codes["0"]!.split("").sort().join("")).to.equal("1111136");
  });

  it("lists a lapsed batch and counts without it", async () => {
    const meeting = await conveneMeeting();
    await meeting.seal([0, 1, 2].map((owner) => meeting.vote(owner, ["for", "for"])));
    await meeting.seal([3, 4].map((owner) => meeting.vote(owner, ["for", "for"])));
    meeting.startCount();
    await meeting.openAll([1]);
    await meeting.conclude([1]);
    const report = await verify(meeting);
    expect(trouble(report)).to.deep.equal([]);
    expect(report.recount!.motions[0]!.tally.for.heads).to.equal(3);
    expect(report.recount!.motions[0]!.outcome).to.equal("QuorumNotReached");
  });

  it("follows a ballot opened alone that later gives way", async () => {
    const meeting = await conveneMeeting();
    await meeting.seal([meeting.vote(0, ["against", "against"]), meeting.vote(3, ["for", "for"])]);
    await meeting.seal([meeting.vote(0, ["for", "for"])]);
    meeting.startCount();
    await meeting.openAlone(0, 0);
    await meeting.openAlone(0, 1);
    await meeting.openAll();
    await meeting.conclude();
    const report = await verify(meeting);
    expect(trouble(report)).to.deep.equal([]);
    expect(report.recount!.motions[0]!.tally.for.heads).to.equal(2);
    expect(report.recount!.motions[0]!.tally.against.heads).to.equal(0);
  });

  it("says what cannot be checked yet while voting is open", async () => {
    const meeting = await conveneMeeting();
    await meeting.seal([meeting.vote(0, ["for", "for"])]);
    const report = await verify(meeting);
    expect(report.verdict).to.equal("incomplete");
    expect(report.recount).to.equal(undefined);
    expect(new Set(report.checks.flatMap(({ detail }) => detail ?? []))).to.deep.equal(
      new Set(["notYet"]),
    );
  });

  it("finds a published result that is not the recount", async () => {
    const meeting = await holdMeeting();
    const { texts } = meeting.community;
    const result = JSON.parse(texts.at(-1)!) as { batches: number };
    meeting.community.publish({ ...result, batches: 5 });
    await meeting.community.anchor();
    expect(trouble(await verify(meeting))).to.deep.equal(["failed resultRecord"]);
  });

  it("finds a record that was changed after it was anchored", async () => {
    const meeting = await holdMeeting();
    const { texts } = meeting.community;
    const at = texts.findIndex((text) => text.includes('"type":"meeting"'));
    texts[at] = texts[at]!.replace("motion 0", "motion X");
    const failed = trouble(await verify(meeting)).filter((line) => line.startsWith("failed"));
    // A log rebuilt over other records leads to no head that was ever anchored.
    expect(failed.length).to.be.above(0);
    expect(failed.every((line) => /^failed (recordInLog|head|meetingRecord)/.test(line))).to.equal(
      true,
    );
  });

  it("finds a key that stands twice, until the second binding is revoked", async () => {
    const plan = { ...MIXED, keyOf: (owner: number) => MIXED.keyOf(owner === 3 ? 0 : owner) };
    const meeting = await conveneMeeting(plan);
    const failed = async (): Promise<string[]> =>
      trouble(await verify(meeting)).filter((line) => line.startsWith("failed"));
    expect(await failed()).to.deep.equal(["failed keysUnique"]);
    await meeting.reportDuplicate(0, 3);
    expect(await failed()).to.deep.equal([]);
  });

  it("follows an extension, and votes cast in it", async () => {
    const meeting = await conveneMeeting();
    await meeting.extend(5_000);
    meeting.community.waitUntil(meeting.closesAt - 100);
    await meeting.seal([meeting.vote(0, ["for", "for"])]);
    meeting.startCount();
    await meeting.openAll();
    await meeting.conclude();
    expect(trouble(await verify(meeting))).to.deep.equal([]);
  });

  it("finds an extension that was published otherwise", async () => {
    const meeting = await conveneMeeting();
    await meeting.extend(5_000, meeting.closesAt + 4_000);
    await meeting.community.anchor();
    const failed = trouble(await verify(meeting)).filter((line) => line.startsWith("failed"));
    expect(failed).to.deep.equal([`failed extension ${meeting.closesAt}`]);
  });

  it("finds a meeting that was not anchored before it opened", async () => {
    const meeting = new TestMeeting(await TestCommunity.create(), MIXED);
    await meeting.freeze();
    await meeting.bindKeys();
    await meeting.convene(false);
    await meeting.seal([meeting.vote(0, ["for", "for"])]);
    await meeting.community.anchor();
    const failed = trouble(await verify(meeting)).filter((line) => line.startsWith("failed"));
    expect(failed).to.deep.equal(["failed meetingAnchored  wrongTime"]);
  });

  it("is incomplete, and nothing worse, for a meeting that there is not", async () => {
    const { community } = await conveneMeeting();
    const report = await verifyMeeting(community.sources, 2);
    expect(report.verdict).to.equal("incomplete");
  });

  it("is incomplete when neither service nor node answers", async () => {
    const fail = (): Promise<never> => Promise.reject(new Error("no answer"));
    const deaf = new Proxy({}, { get: () => fail }) as TestCommunity["sources"]["records"];
    const report = await verifyMeeting({ records: deaf, chain: deaf as never }, 1);
    expect(trouble(report)).to.deep.equal(["notChecked chainId  unreachable"]);
    expect(report.verdict).to.equal("incomplete");
  });

  it("reports progress over all ballots", async () => {
    const { community } = await holdMeeting();
    const seen: [number, number][] = [];
    await verifyMeeting(community.sources, 1, { onProgress: (...step) => seen.push(step) });
    // Fourteen ballots in four batches, one of them a second time because it was opened alone.
    expect(seen.at(-1)).to.deep.equal([15, 15]);
  });
});
