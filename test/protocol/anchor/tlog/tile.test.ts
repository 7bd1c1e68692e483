import { expect } from "chai";
import fc from "fast-check";
import {
  decodeBundle,
  decodeTile,
  encodeBundle,
  encodeTile,
  parseTilePath,
  tilePath,
  tilesAt,
  tilesOf,
} from "../../../../protocol/anchor/tlog/tile.ts";

const count = (level: number | "entries", size: number) => {
  const tiles = [...tilesAt(level, size)];
  return [tiles.filter(({ width }) => width === 256).length, tiles.at(-1)?.width];
};

describe("tiles", () => {
  it("have the addresses of the specification", () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).to.equal("tile/0/x001/x234/067");
    expect(tilePath({ level: 2, index: 0, width: 1 })).to.equal("tile/2/000.p/1");
    expect(tilePath({ level: "entries", index: 999, width: 255 })).to.equal(
      "tile/entries/999.p/255",
    );
  });

  it("come back from their address, and from no other", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant("entries" as const)),
        fc.nat({ max: 2 ** 40 }),
        fc.integer({ min: 1, max: 256 }),
        (level, index, width) => {
          const tile = { level, index, width };
          expect(parseTilePath(tilePath(tile))).to.deep.equal(tile);
        },
      ),
    );
    for (const path of [
      "tile/00/000",
      "tile/0/0",
      "tile/0/x000/001",
      "tile/0/x001",
      "tile/0/000.p/0",
      "tile/0/000.p/256",
      "tile/0/000.p/01",
      "tile/64/000",
      "tile/data/000",
      "tile/0/000.p/1/",
      "/tile/0/000",
    ]) {
      expect(parseTilePath(path), path).to.equal(undefined);
    }
  });

  it("make up a log as in the specification's example of 70,000 leaves", () => {
    expect(count(0, 70_000)).to.deep.equal([273, 112]);
    expect(count(1, 70_000)).to.deep.equal([1, 17]);
    expect(count(2, 70_000)).to.deep.equal([0, 1]);
    expect(count("entries", 70_000)).to.deep.equal([273, 112]);
    expect([...tilesOf(256)].map(tilePath)).to.deep.equal([
      "tile/entries/000",
      "tile/0/000",
      "tile/1/000.p/1",
    ]);
    expect([...tilesOf(0)]).to.deep.equal([]);
  });

  it("hold entries and hashes of their width, and nothing cut off or added", () => {
    const bytes = fc.uint8Array({ maxLength: 700 });
    fc.assert(
      fc.property(fc.array(bytes, { minLength: 1, maxLength: 20 }), (entries) => {
        const bundle = encodeBundle(entries);
        expect(decodeBundle(bundle, entries.length)).to.deep.equal(entries);
        expect(decodeBundle(bundle, entries.length + 1)).to.equal(undefined);
        expect(decodeBundle(bundle.subarray(0, -1), entries.length)).to.equal(undefined);
        const longer = new Uint8Array([...bundle, 0]);
        expect(decodeBundle(longer, entries.length)).to.equal(undefined);
      }),
    );
    const hashes = [1, 2, 3].map((fill) => new Uint8Array(32).fill(fill));
    expect(decodeTile(encodeTile(hashes), 3)).to.deep.equal(hashes);
    expect(decodeTile(encodeTile(hashes), 2)).to.equal(undefined);
    expect(() => encodeBundle([new Uint8Array(65_536)])).to.throw("tooLong");
  });
});
