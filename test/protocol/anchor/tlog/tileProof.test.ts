import { expect } from "chai";
import { parseCheckpoint } from "../../../../protocol/anchor/tlog/checkpoint.ts";
import { NoteInvalid } from "../../../../protocol/anchor/tlog/fault.ts";
import { parseNote } from "../../../../protocol/anchor/tlog/note.ts";
import { proveFromTiles } from "../../../../protocol/anchor/tlog/tileProof.ts";
import { verifyConsistency } from "../../../../protocol/anchor/proof.ts";
import { MemoryFolder } from "./memoryFolder.ts";

describe("proofs from tiles", () => {
  const folder = MemoryFolder.ofVectors("go-log");
  const head = (size: number) =>
    parseCheckpoint(parseNote(folder.text(`checkpoints/${size}`)).text);
  const sizes = [1, 255, 300, 512, 600];

  it("lead from every checkpoint of Go's log to every later one", async () => {
    for (const [i, first] of sizes.entries()) {
      for (const second of sizes.slice(i + 1)) {
        const proof = await proveFromTiles((path) => folder.read(path), first, second);
        expect(verifyConsistency(head(first), head(second), proof), `${first}`).to.equal(true);
      }
    }
  });

  it("fail where a tile was changed or is missing", async () => {
    const changed = folder.copy();
    changed.files.get("tile/0/001")![40]! ^= 1;
    const proof = await proveFromTiles((path) => changed.read(path), 300, 600);
    expect(verifyConsistency(head(300), head(600), proof)).to.equal(false);
    changed.files.delete("tile/0/001");
    const error: unknown = await proveFromTiles((path) => changed.read(path), 300, 600).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(NoteInvalid);
  });
});
