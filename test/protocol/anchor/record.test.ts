import { expect } from "chai";
import { createHash } from "node:crypto";
import { keccak256 } from "viem";
import { decodeLines, encodeLines } from "../../../protocol/anchor/lines.ts";
import {
  type RecordOf,
  recordBytes,
  recordLeaf,
  recordSchema,
} from "../../../protocol/anchor/record.ts";

const hash = keccak256("0x01");
const keys: RecordOf<"keys"> = {
  v: 1,
  type: "keys",
  community: "yangguang",
  at: "2026-03-01T02:03:04Z",
  roll: 1,
  page: 0,
  kind: 1,
  count: 12,
  entries: hash,
};

describe("record", () => {
  it("has as leaf the RFC 6962 hash of its canonical bytes", () => {
    const bytes = recordBytes(keys);
    expect(new TextDecoder().decode(bytes)).to.equal(
      `{"at":"2026-03-01T02:03:04Z","community":"yangguang","count":12,"entries":"${hash}",` +
        `"kind":1,"page":0,"roll":1,"type":"keys","v":1}`,
    );
    expect(recordLeaf(bytes)).to.equal(
      "0x" +
        createHash("sha256")
          .update(Buffer.from([0]))
          .update(bytes)
          .digest("hex"),
    );
  });

  const refused: [string, object][] = [
    ["an unknown type", { ...keys, type: "key" }],
    ["an unknown field", { ...keys, note: "x" }],
    ["a missing field", { ...keys, count: undefined }],
    ["a local time", { ...keys, at: "2026-03-01T02:03:04+08:00" }],
    ["a hash in capitals", { ...keys, entries: "0x" + "A".repeat(64) }],
    ["a version to come", { ...keys, v: 2 }],
  ];
  for (const [name, value] of refused) {
    it(`is refused with ${name}`, () =>
      expect(recordSchema.safeParse(value).success).to.equal(false));
  }
});

describe("document of unit lines", () => {
  const line = { building: "3", entrance: "2", unit: "3-2-1501", areaE4: 985_000n, leaf: hash };

  it("reads back", () => expect(decodeLines(encodeLines([line]))).to.deep.equal([line]));

  it("is refused with an area that is not the shortest text", () => {
    const text = new TextDecoder().decode(encodeLines([line])).replace('"98.5"', '"98.50"');
    expect(() => decodeLines(new TextEncoder().encode(text))).to.throw();
  });
});
