import { expect } from "chai";
import { zipSync } from "fflate";
import {
  ArchiveInvalid,
  LIMITS,
  isSafeName,
  readArchive,
} from "../../../../protocol/verify/bundle/archive.ts";
import { packArchive } from "../../../../protocol/verify/bundle/pack.ts";

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const FILES = new Map([
  ["manifest.json", text("{}")],
  ["records/0.json", text('{"v":1}')],
  ["records/10.json", text("x".repeat(100_000))],
]);

async function faultOf(bytes: Uint8Array): Promise<string> {
  try {
    await readArchive(bytes);
    return "none";
  } catch (error) {
    if (!(error instanceof ArchiveInvalid)) throw error;
    return error.fault;
  }
}

/** The archive with one byte changed. */
function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice();
  copy[at]! ^= 1;
  return copy;
}

const u32 = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
const setU32 = (bytes: Uint8Array, at: number, value: number): void =>
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(at, value, true);

describe("the archive of a bundle", () => {
  const packed = packArchive(FILES);

  it("gives back what was packed, and the same bytes whatever the order", async () => {
    expect(await readArchive(packed)).to.deep.equal(FILES);
    expect(packArchive(new Map([...FILES].reverse()))).to.deep.equal(packed);
  });

  it("is the same in every zone and at every time", async () => {
    const zone = process.env["TZ"];
    process.env["TZ"] = "Pacific/Kiritimati";
    expect(packArchive(FILES)).to.deep.equal(packed);
    if (zone === undefined) delete process.env["TZ"];
    else process.env["TZ"] = zone;
  });

  it("refuses names that lead outside, on any system", async () => {
    for (const name of [
      "../x",
      "/x",
      "a/../b",
      "C:x",
      "a\\b",
      "a//b",
      "a/",
      "",
      ".x",
      "a b",
      "ä",
    ]) {
      expect(isSafeName(name), name).to.equal(false);
      expect(() => packArchive(new Map([[name, text("")]])), name).to.throw(RangeError);
    }
    for (const name of ["../x", "a\\b", "/etc/passwd"]) {
      expect(await faultOf(zipSync({ [name]: text("x") })), name).to.equal("unsafeName");
    }
  });

  it("refuses two entries of one name, also where only capitals differ", async () => {
    const twice = packArchive(
      new Map([
        ["a.json", text("1")],
        ["b.json", text("2")],
      ]),
    );
    const name = [...twice].map((byte) => (byte === 0x62 ? 0x61 : byte));
    expect(await faultOf(new Uint8Array(name))).to.equal("duplicateName");
    expect(await faultOf(zipSync({ "A.json": text("1"), "a.json": text("2") }))).to.equal(
      "duplicateName",
    );
  });

  it("refuses a bomb before and while it is unpacked", async () => {
    const bomb = zipSync({ "a.bin": new Uint8Array(5_000_000) });
    const central = u32(bomb, bomb.length - 6);
    const claimed = bomb.slice();
    setU32(claimed, central + 24, LIMITS.fileBytes + 1);
    expect(await faultOf(claimed)).to.equal("tooLarge");
    const modest = bomb.slice();
    setU32(modest, central + 24, 1_000);
    setU32(modest, 22, 1_000);
    const started = performance.now();
    expect(await faultOf(modest)).to.equal("damaged");
    expect(performance.now() - started).to.be.below(1_000);
  });

  it("refuses a directory that disagrees with its entries, and anything between or after them", async () => {
    const central = u32(packed, packed.length - 6);
    expect(await faultOf(flipped(packed, 22)), "size in the entry").to.equal("damaged");
    expect(await faultOf(flipped(packed, central + 16)), "sum in the directory").to.equal(
      "damaged",
    );
    expect(await faultOf(flipped(packed, 31)), "name in the entry").to.equal("damaged");
    expect(await faultOf(flipped(packed, central + 32)), "a comment").to.equal("damaged");
    expect(await faultOf(new Uint8Array([...packed, 0])), "a byte after").to.equal("damaged");
    expect(await faultOf(new Uint8Array([0, ...packed])), "a byte before").to.equal("notAnArchive");
    expect(await faultOf(packed.slice(0, -1)), "cut off").to.equal("damaged");
    expect(await faultOf(text("{}"))).to.equal("notAnArchive");
    expect(await faultOf(new Uint8Array())).to.equal("notAnArchive");
  });

  it("never throws anything else, whichever byte was changed", async () => {
    const small = packArchive(
      new Map([
        ["a.json", text("abc")],
        ["b.json", text("abc")],
      ]),
    );
    for (let at = 0; at < small.length; at++) {
      for (const bit of [1, 0x80]) {
        const copy = small.slice();
        copy[at]! ^= bit;
        await faultOf(copy);
      }
    }
  });
});
