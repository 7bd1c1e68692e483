import { expect } from "chai";
import { bundleSources } from "../../../protocol/verify/bundle/sources.ts";
import { openFiles } from "../../../protocol/verify/bundle/bundle.ts";
import { bundleFiles, createBundle } from "../../../protocol/verify/bundle/create.ts";
import { verifyBundle } from "../../../protocol/verify/bundle/verify.ts";
import { verifyMeeting } from "../../../protocol/verify/meeting.ts";
import { verifyRecord } from "../../../protocol/verify/record.ts";
import type { Report } from "../../../protocol/verify/report.ts";
import type { Sources } from "../../../protocol/verify/source.ts";
import { consistencySpans } from "../../../protocol/anchor/log.ts";
import type { TestMeeting } from "./meeting.ts";
import { holdMeeting } from "./scenario.ts";

const show = ({ checks }: Report): string[] =>
  checks
    .filter(({ name, status }) => name === "checkpoint" || status !== "ok")
    .map(({ status, name, detail }) => `${status} ${name} ${detail ?? ""}`.trim());

describe("verification of a signed head", () => {
  let meeting: TestMeeting;
  const changed = (records: Partial<Sources["records"]>): Sources => {
    const { sources } = meeting.community;
    return { ...sources, records: { ...sources.records, ...records } };
  };
  const signing = (note: (size: number) => string): Sources =>
    changed({ checkpoint: async (size) => note(size) });

  before(async () => {
    meeting = await holdMeeting();
  });

  const reportsOf = async (sources: Sources): Promise<Report[]> => [
    await verifyRecord(sources, 0),
    await verifyMeeting(sources, 1),
  ];

  it("passes where log and chain say the same, for a record and for a meeting", async () => {
    for (const report of await reportsOf(meeting.community.sources)) {
      expect(show(report)).to.deep.equal(["ok checkpoint"]);
    }
  });

  it("fails for another size with the right root, which no root can tell", async () => {
    const { community } = meeting;
    const sameShape = (size: number): bigint => {
      const length = (to: number): number => consistencySpans(size - 1, to).length;
      const other = [size + 1, size + 2, size + 3].find((to) => length(to) === length(size));
      return BigInt(other ?? size + 1);
    };
    const forged = (size: number) => community.checkpoint(size, { size: sameShape(size) });
    for (const report of await reportsOf(signing(forged))) {
      expect(show(report)).to.deep.equal(["failed checkpoint"]);
    }
  });

  it("fails for another root, another log's name, another key and what is no checkpoint", async () => {
    const { community } = meeting;
    const { name, seed } = community.logSigner;
    const cases: [(size: number) => string, string][] = [
      [(size) => community.checkpoint(size, { root: new Uint8Array(32) }), "failed checkpoint"],
      [
        (size) => community.checkpoint(size, { signer: { name: `${name}1`, seed } }),
        "failed checkpoint wrongSignature",
      ],
      [
        (size) => community.checkpoint(size, { signer: { name, seed: new Uint8Array(32) } }),
        "failed checkpoint wrongSignature",
      ],
      [() => "nothing", "failed checkpoint malformed"],
    ];
    for (const [note, expected] of cases) {
      for (const report of await reportsOf(signing(note))) {
        expect(show(report)).to.deep.equal([expected]);
      }
    }
  });

  it("is left open where the signed head or the log's key is missing", async () => {
    const { records } = meeting.community.sources;
    const missing = changed({ checkpoint: () => Promise.reject(new Error("gone")) });
    for (const report of await reportsOf(missing)) {
      expect(show(report)).to.deep.equal(["notChecked checkpoint missing"]);
    }
    const withoutKey = changed({
      findRecords: async (query) => (query.type === "logKey" ? [] : records.findRecords(query)),
    });
    expect(show(await verifyRecord(withoutKey, 0))).to.deep.equal([
      "notChecked checkpoint notPublished",
    ]);
  });

  it("is in a bundle, of a meeting or of a community, and fails there when it was changed", async () => {
    const { community } = meeting;
    const sources = { ...community.sources, prover: community.prover };
    const scopes = [{ kind: "meeting", meeting: 1 }, { kind: "community" }] as const;
    for (const scope of scopes) {
      const bundle = await createBundle(sources, scope);
      const { size } = bundle.checkpoints.at(-1)!;
      const files = bundleFiles(bundle, new Map());
      expect(files.has(`checkpoints/${size}`)).to.equal(true);
      const good = await verifyBundle(openFiles(files));
      expect(new Set(show(good))).to.deep.equal(new Set(["ok checkpoint"]));
      bundle.checkpoints.at(-1)!.note = community.checkpoint(3);
      const bad = await verifyBundle(openFiles(bundleFiles(bundle, new Map())));
      expect(bad.verdict).to.equal("failed");
      expect(show(bad)).to.include("failed checkpoint");
    }
    const without = { ...(await createBundle(sources, scopes[0])), checkpoints: [] };
    expect(show(await verifyMeeting(await bundleSources(without), 1))).to.deep.equal([]);
  });
});
