import { expect } from "chai";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Bundle } from "../../../../protocol/verify/bundle/bundle.ts";
import { bundleFiles, createBundle } from "../../../../protocol/verify/bundle/create.ts";
import { packArchive } from "../../../../protocol/verify/bundle/pack.ts";
import { makeDispute } from "../../../../protocol/verify/dispute/make.ts";
import { CASES } from "../dispute/cases.ts";
import type { TestMeeting } from "../meeting.ts";
import { redactContact } from "../redact.ts";
import { MIXED } from "../roll.ts";
import { holdMeeting } from "../scenario.ts";
import { ALTERATIONS } from "./altered.ts";
import { askPython, compareVerifiers } from "./second.ts";

describe("the second verifier, in Python, says check for check what the first one says", function () {
  this.timeout(60_000);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "second-"));
  let held: TestMeeting;
  let meeting: Bundle;
  let community: Bundle;
  const pack = (bundle: Bundle): Uint8Array => packArchive(bundleFiles(bundle, new Map()));

  before(async () => {
    held = await holdMeeting(MIXED, { sealed: `0x${"5e".repeat(32)}` });
    await redactContact(held);
    const sources = { ...held.community.sources, prover: held.community.prover };
    meeting = await createBundle(sources, { kind: "meeting", meeting: 1 });
    community = await createBundle(sources, { kind: "community" });
  });
  after(() => fs.rmSync(folder, { recursive: true }));

  for (const [what, alter] of ALTERATIONS) {
    it(`where ${what} was changed`, async () => {
      const { report, first, second } = await compareVerifiers(pack(await alter(meeting)), {
        folder,
      });
      expect(second).to.deep.equal(first);
      expect(report.verdict === "ok").to.equal(what === "nothing");
    });
  }

  it("of a community, in order and with a record that was changed", async () => {
    const { records } = community;
    const last = records.at(-1)!;
    const changed = {
      ...last,
      text: last.text.replace('"community":"test"', '"community":"xxxx"'),
    };
    for (const content of [community, { ...community, records: records.with(-1, changed) }]) {
      const { first, second } = await compareVerifiers(pack(content), { folder });
      expect(second).to.deep.equal(first);
    }
  });

  it("of dispute files: the claim, what it comes to and the ballot that stands", async () => {
    const wanted = ["superseded", "notSealed", "keyStands"];
    for (const { complain, reason } of CASES.filter((one) => wanted.includes(one.reason))) {
      const archive = await makeDispute(pack(meeting), complain(held));
      const { report, first, second } = await compareVerifiers(archive, { folder });
      expect(report.dispute!.reason).to.equal(reason);
      expect(second).to.deep.equal(first);
    }
  });

  it("about validators who did not seal, and a file that is no bundle", async () => {
    const archive = pack(meeting);
    const validators = [`0x${"11".repeat(20)}`] as const;
    const { first, second } = await compareVerifiers(archive, { folder, validators });
    expect(second).to.deep.equal(first);
    const file = path.join(folder, "cut.zip");
    fs.writeFileSync(file, archive.slice(0, -1));
    const refused = await askPython(file).catch(String);
    expect(refused).to.include("damaged");
  });
});
