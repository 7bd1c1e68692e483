import { expect } from "chai";
import fc from "fast-check";
import {
  type RollUnit,
  mergeUnits,
  overlappingOwners,
  totalBuildings,
} from "../../../protocol/registry/voters.ts";
import { drawPermutation } from "../../../protocol/registry/permutation.ts";
import { buildingsHash, freezeRoll } from "../../../protocol/registry/roll.ts";
import { lineLeaf, toPublishedLine, unitId } from "../../../protocol/registry/lines.ts";
import { treeRoot } from "../../../protocol/registry/tree.ts";
import { AbiCoder, keccak256 } from "ethers";

let counter = 0;
const unit = (owners: string[], over: Partial<RollUnit> = {}): RollUnit => {
  counter += 1;
  const name = unitId("1", "1", String(counter));
  return {
    building: "1",
    entrance: "1",
    unit: name,
    areaE4: 1_000_000n,
    owners,
    unsold: false,
    ...over,
  };
};
const heads = (units: RollUnit[], developer?: string): number =>
  mergeUnits(units, developer).length;

function seeded(seed: number): (length: number) => Uint8Array {
  let state = seed;
  return (length) =>
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state >>> 16;
    });
}

describe("owner groups", () => {
  it("make one voter of all units of one owner, areas added up", () => {
    const [group, ...others] = mergeUnits([unit(["li"]), unit(["li"]), unit(["li"])]);
    expect(others).to.deep.equal([]);
    expect(group!.areaE4).to.equal(3_000_000n);
  });

  it("make one voter of co-owners, in whatever order and how often they are named", () => {
    expect(heads([unit(["li", "wang"]), unit(["wang", "li", "wang"])])).to.equal(1);
  });

  it("keep an owner alone and the same owner with a spouse apart, and list the person", () => {
    const groups = mergeUnits([unit(["li"]), unit(["li", "wang"])]);
    expect(groups).to.have.length(2);
    expect(overlappingOwners(groups)).to.deep.equal(["li"]);
  });

  it("make one voter of the developer's unsold units, those bought back included", () => {
    const units = [
      unit([], { unsold: true }),
      unit(["zhao"], { unsold: true }),
      unit(["developer ltd"]),
    ];
    expect(heads(units, "developer ltd")).to.equal(1);
    expect(heads(units)).to.equal(2);
  });

  it("do not confuse one owner whose key looks like two with two owners", () => {
    expect(heads([unit(['a","b']), unit(["a", "b"])])).to.equal(2);
    expect(heads([unit(["developer"]), unit([], { unsold: true })])).to.equal(2);
  });

  it("refuse a sold unit without owner, and a unit that stands twice", () => {
    expect(() => mergeUnits([unit([])])).to.throw(RangeError);
    const twice = unit(["li"]);
    expect(() => mergeUnits([twice, { ...twice, owners: ["wang"] }])).to.throw(RangeError);
  });

  it("count an owner once in each building", () => {
    const units = [unit(["li"]), unit(["li"], { building: "2" }), unit(["wang"]), unit(["li"])];
    expect(totalBuildings(mergeUnits(units))).to.deep.equal([
      { building: "1", units: 3, heads: 2, areaE4: 3_000_000n },
      { building: "2", units: 1, heads: 1, areaE4: 1_000_000n },
    ]);
  });
});

describe("voter numbers", () => {
  it("are a permutation for any count and any randomness", () => {
    fc.assert(
      fc.property(fc.nat({ max: 300 }), fc.integer(), (count, seed) => {
        const numbers = drawPermutation(count, seeded(seed));
        expect([...numbers].sort((a, b) => a - b)).to.deep.equal([...numbers.keys()]);
      }),
    );
  });

  it("draw again where the range of the random number is no multiple of the count", () => {
    const values = [0xffff_ffff, 0, 0];
    const numbers = drawPermutation(3, () => {
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setUint32(0, values.shift()!);
      return bytes;
    });
    expect(values).to.deep.equal([]);
    expect(numbers).to.deep.equal([1, 2, 0]);
  });
});

describe("frozen roll", () => {
  it("has lines in the table's order, areas by voter number, and totals that agree", () => {
    const units = [unit(["li"]), unit(["wang"]), unit(["li"]), unit([], { unsold: true })];
    const roll = freezeRoll(units, seeded(7));
    expect(roll.lines.map((line) => line.unit)).to.deep.equal(units.map((u) => u.unit));
    expect(roll.lines[0]!.voter).to.equal(roll.lines[2]!.voter);
    expect(roll.voters.map(({ voter }) => voter)).to.deep.equal([0, 1, 2]);
    expect(roll.totalAreaE4).to.equal(4_000_000n);
    expect(roll.linesRoot).to.equal(treeRoot(roll.lines.map((line) => toPublishedLine(line).leaf)));
  });

  it("hashes lines and buildings as abi.encode does", () => {
    const coder = AbiCoder.defaultAbiCoder();
    const line = {
      salt: `0x${"5a".repeat(32)}`,
      unit: "3-2-1501",
      areaE4: 985_000n,
      voter: 41,
    } as const;
    const types = ["bytes32", "string", "uint64", "uint16"];
    expect(lineLeaf(line)).to.equal(
      keccak256(coder.encode(types, [line.salt, line.unit, line.areaE4, line.voter])),
    );
    expect(buildingsHash([{ building: "3 幢", heads: 2, areaE4: 5n }])).to.equal(
      keccak256(coder.encode(["tuple(string,uint32,uint64)[]"], [[["3 幢", 2, 5n]]])),
    );
  });
});
