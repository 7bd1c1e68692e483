import { expect } from "chai";
import {
  area,
  heads,
  instant,
  integer,
  list,
  maybe,
  measure,
  object,
  oneOf,
  ShapeError,
  text,
} from "../../web/service/shape.ts";

function faultOf(read: () => unknown): readonly string[] | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof ShapeError) return error.at;
    throw error;
  }
}

describe("what the page takes from the service", () => {
  const meeting = object({
    title: text,
    motions: list(object({ item: integer })),
    end: maybe(text),
  });

  it("is read field by field, and fields that nobody asked for are left out", () => {
    const read = meeting({ title: "t", motions: [{ item: 5, more: 1 }], extra: true });
    expect(read).to.deep.equal({ title: "t", motions: [{ item: 5 }], end: undefined });
  });

  it("is refused at the very place where it differs", () => {
    expect(
      faultOf(() => meeting({ title: "t", motions: [{ item: 1 }, { item: "2" }] })),
    ).to.deep.equal(["motions", "1", "item"]);
    expect(faultOf(() => meeting({ motions: [] }))).to.deep.equal(["title"]);
    expect(faultOf(() => meeting([]))).to.deep.equal([]);
    expect(faultOf(() => meeting(null))).to.deep.equal([]);
    expect(faultOf(() => oneOf(["a", "b"])("c"))).to.deep.equal([]);
  });

  it("turns m² into integers of 1e-4 m² and refuses anything that is no plain area", () => {
    expect(measure({ heads: 36, area: "3841.55" })).to.deep.equal({ heads: 36n, area: 38415500n });
    for (const bad of ["1e3", "-1", "01", "1.23456", " 1", "", 98.5, null]) {
      expect(
        faultOf(() => area(bad)),
        String(bad),
      ).to.deep.equal([]);
    }
    expect(faultOf(() => heads(-1))).to.deep.equal([]);
    expect(faultOf(() => heads(1.5))).to.deep.equal([]);
  });

  it("reads instants as Unix seconds", () => {
    expect(instant("2026-11-22T00:00:00.900Z")).to.equal(1795305600);
    expect(faultOf(() => instant("tomorrow"))).to.deep.equal([]);
  });
});
