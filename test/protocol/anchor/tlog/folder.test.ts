import { expect } from "chai";
import { logLeaf, logRoot } from "../../../../protocol/anchor/log.ts";
import { signCheckpoint } from "../../../../protocol/anchor/tlog/checkpoint.ts";
import { checkFolder, type FolderReport } from "../../../../protocol/anchor/tlog/folder.ts";
import { parseVerifierKey, verifierKeyOf } from "../../../../protocol/anchor/tlog/key.ts";
import { formatNote } from "../../../../protocol/anchor/tlog/note.ts";
import { encodeBundle } from "../../../../protocol/anchor/tlog/tile.ts";
import { MemoryFolder } from "./memoryFolder.ts";

const GO_LOG = MemoryFolder.ofVectors("go-log");
const log = parseVerifierKey(GO_LOG.text("vkey").trim());
const check = (folder: MemoryFolder): Promise<FolderReport> =>
  checkFolder(folder, folder.checkpoints(), { log });

function flip(folder: MemoryFolder, name: string, place: number): MemoryFolder {
  const copy = folder.copy();
  copy.files.get(name)![place]! ^= 1;
  return copy;
}

const namesOf = ({ problems }: FolderReport): string[] => [
  ...new Set(problems.map(({ path }) => path)),
];

describe("folder of tiles", () => {
  it("of Go's implementation is in order, with all its checkpoints", async () => {
    const report = await check(GO_LOG);
    expect(report).to.include({ verdict: "ok", entries: 600 });
    expect(report.checkpoints).to.have.length(6);
    expect(report.notCovered).to.deep.equal([]);
  });

  for (const name of [...GO_LOG.files.keys()].filter((file) => file.startsWith("tile/"))) {
    it(`with one changed byte in ${name} names that file`, async () => {
      const { length } = GO_LOG.files.get(name)!;
      for (const place of [0, 1, length >> 1, length - 1]) {
        const report = await check(flip(GO_LOG, name, place));
        expect(report.verdict).to.equal("failed");
        expect(namesOf(report), `byte ${place}`).to.deep.equal([name]);
      }
    });

    it(`without ${name} misses it, unless it is a part of another`, async () => {
      const copy = GO_LOG.copy();
      copy.files.delete(name);
      const report = await check(copy);
      const isSpare = ["0/000.p/", "entries/000.p/", "0/001.p/", "entries/001.p/", "1/000.p/1"];
      if (isSpare.some((part) => name.includes(part))) expect(report.verdict).to.equal("ok");
      else expect(report.problems).to.deep.include({ code: "fileMissing", path: name });
    });
  }

  it("names the entry that was changed, and what it should hash to", async () => {
    const report = await check(flip(GO_LOG, "tile/entries/001", 20));
    expect(report.problems).to.have.length(1);
    expect(report.problems[0]).to.include({ code: "entryDiffers", entry: 257 });
    expect(report.problems[0]!.expected).not.to.equal(report.problems[0]!.found);
  });

  it("names a checkpoint that was changed, unsigned or of another log", async () => {
    const text = GO_LOG.text("checkpoints/300");
    const other = signCheckpoint(
      { origin: log.name, size: 300n, root: new Uint8Array(32), extensions: [] },
      { name: log.name, seed: new Uint8Array(32) },
    );
    const faults: [string, string][] = [
      [text.replace("\n300\n", "\n301\n"), "signatureWrong"],
      [text.slice(0, text.lastIndexOf("\n\n") + 2), "noSignatures"],
      [formatNote(other), "notSigned"],
      ["", "noSignatures"],
    ];
    for (const [changed, fault] of faults) {
      const copy = GO_LOG.copy();
      copy.files.set("checkpoints/300", new TextEncoder().encode(changed));
      const report = await check(copy);
      expect(report.verdict).to.equal("failed");
      const { faults: found } = report.checkpoints.find(({ path }) => path === "checkpoints/300")!;
      expect(found).to.deep.equal([fault]);
    }
  });

  describe("of a log that signs what it should not", () => {
    const signer = { name: "example.com/forker", seed: new Uint8Array(32).fill(3) };
    const entries = [..."abcdef"].map((letter) => new TextEncoder().encode(letter));
    const hashes = entries.map(logLeaf);
    const sign = (size: number, leaves = hashes): string =>
      formatNote(
        signCheckpoint(
          {
            origin: signer.name,
            size: BigInt(size),
            root: logRoot(leaves.slice(0, size)),
            extensions: [],
          },
          signer,
        ),
      );
    const forked = hashes.with(1, logLeaf(new Uint8Array([1])));
    const folderOf = (checkpoints: Record<string, string>): MemoryFolder =>
      new MemoryFolder([
        ["tile/entries/000.p/6", encodeBundle(entries)],
        ["tile/0/000.p/6", Buffer.concat(hashes)],
        ...Object.entries(checkpoints).map(
          ([name, text]) => [name, new TextEncoder().encode(text)] as const,
        ),
      ]);
    const checkForked = (folder: MemoryFolder) =>
      checkFolder(folder, folder.checkpoints(), { log: verifierKeyOf(signer, "ed25519") });
    const faultsOf = ({ checkpoints }: FolderReport) =>
      checkpoints.map(({ path, faults }) => [path, faults] as const);

    it("finds two heads of one size, and an older head that the entries do not lead to", async () => {
      const report = await checkForked(
        folderOf({
          checkpoint: sign(6),
          "checkpoint.6": sign(6, forked),
          "checkpoint.3": sign(3, forked),
        }),
      );
      expect(faultsOf(report)).to.deep.equal([
        ["checkpoint", []],
        ["checkpoint.6", ["rootDiffers"]],
        ["checkpoint.3", ["rootDiffers"]],
      ]);
    });

    it("finds entries that end before a checkpoint does", async () => {
      const longer = [...hashes, ...hashes];
      const report = await checkForked(
        folderOf({ checkpoint: sign(6), checkpoint_12: sign(12, longer) }),
      );
      expect(report.verdict).to.equal("failed");
      expect(report.problems.map(({ code }) => code)).to.include("fileMissing");
    });

    it("finds history that was rewritten in entries and tile alike", async () => {
      const folder = folderOf({ checkpoint: sign(6), "checkpoint.1": sign(1) });
      const entry = new Uint8Array([1]);
      folder.files.set("tile/entries/000.p/6", encodeBundle(entries.with(1, entry)));
      folder.files.set("tile/0/000.p/6", Buffer.concat(forked));
      expect(faultsOf(await checkForked(folder))).to.deep.equal([
        ["checkpoint", ["rootDiffers"]],
        ["checkpoint.1", []],
      ]);
    });

    it("says which files no checkpoint covers", async () => {
      const folder = folderOf({ checkpoint: sign(6) });
      folder.files.set("tile/0/001.p/1", new Uint8Array(32));
      folder.files.set("tile/notes", new Uint8Array(1));
      const report = await checkForked(folder);
      expect(report).to.deep.include({
        verdict: "ok",
        notCovered: ["tile/0/001.p/1", "tile/notes"],
      });
    });
  });
});
