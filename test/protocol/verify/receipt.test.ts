import { expect } from "chai";
import { type Receipt, receiptBytes } from "../../../protocol/assembly/receipt.ts";
import { verifyReceipt } from "../../../protocol/verify/receipt.ts";
import type { Report } from "../../../protocol/verify/report.ts";
import type { TestMeeting } from "./meeting.ts";
import { conveneMeeting, holdMeeting } from "./scenario.ts";
import { flip } from "./tampering.ts";

const show = ({ checks }: Report): string[] =>
  checks
    .filter(({ status }) => status !== "ok")
    .map(({ status, name, detail }) => `${status} ${name} ${detail ?? ""}`.trim());

describe("verification of a receipt", () => {
  let meeting: TestMeeting;
  const verify = (receipt: object): Promise<Report> =>
    verifyReceipt(meeting.community.sources, receiptBytes(receipt as Receipt));

  before(async () => {
    meeting = await holdMeeting();
  });

  for (const [kind, owner] of [
    ["wallet", 0],
    ["device key", 4],
    ["passkey", 2],
  ] as const) {
    it(`follows a ballot from the key to the count: ${kind}`, async () => {
      const report = await verify(meeting.receipt(owner, 0, ["for", "against"]));
      expect(show(report)).to.deep.equal([]);
      expect(report.verdict).to.equal("ok");
      expect(report.checks.at(-1)!.found).to.equal("counted");
    });
  }

  it("says that a later ballot stands", async () => {
    const report = await verify(meeting.receipt(1, 0, ["for", "against"]));
    expect(show(report)).to.deep.equal(["failed receiptCounted superseded"]);
  });

  it("says that the key was revoked", async () => {
    const report = await verify(meeting.receipt(5, 0, ["for", "against"]));
    expect(show(report)).to.deep.equal(["failed receiptKey", "failed receiptCounted differs"]);
  });

  it("says before the count that the ballot is sealed and not opened", async () => {
    const voting = await conveneMeeting();
    await voting.seal([0, 3, 4].map((owner) => voting.vote(owner, ["abstain", "for"])));
    const receipt = voting.receipt(3, 0, ["abstain", "for"]);
    const report = await verifyReceipt(voting.community.sources, receiptBytes(receipt));
    expect(show(report)).to.deep.equal(["notChecked receiptCounted notYet"]);
  });

  const forged: [string, (receipt: Receipt) => object, string][] = [
    ["other answers", (r) => ({ ...r, answers: ["against", "against"] }), "receiptSignature"],
    ["another signature", (r) => ({ ...r, signature: flip(r.signature, 9) }), "receiptSignature"],
    ["another leaf", (r) => ({ ...r, leaf: flip(r.leaf, 9) }), "receiptLeaf"],
    ["another voter", (r) => ({ ...r, voter: r.voter + 1 }), "receiptKey"],
    ["another batch", (r) => ({ ...r, batch: 2 }), "receiptSealed"],
    ["another path", (r) => ({ ...r, proof: [...r.proof.slice(1), r.leaf] }), "receiptSealed"],
    ["another chain", (r) => ({ ...r, chainId: 1 }), "receiptContract"],
  ];
  for (const [name, change, check] of forged) {
    it(`fails with ${name}`, async () => {
      const report = await verify(change(meeting.receipt(0, 0, ["for", "against"])));
      expect(report.verdict).to.equal("failed");
      expect(report.checks.find((one) => one.name === check)!.status).to.equal("failed");
    });
  }

  it("fails for a file that is no receipt", async () => {
    const report = await verifyReceipt(meeting.community.sources, new Uint8Array([1, 2, 3]));
    expect(show(report)).to.deep.equal(["failed receiptForm malformed"]);
  });
});
