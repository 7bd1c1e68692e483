import { type Hex, bytesToHex, encodeAbiParameters, keccak256 } from "viem";
import { type UnitLine, lineLeaf } from "./lines.ts";
import { areaBytesOf, areasHash } from "./pages.ts";
import { type RandomBytes, drawPermutation } from "./permutation.ts";
import { treeRoot } from "./tree.ts";
import {
  type BuildingTotals,
  type OwnerGroup,
  type RollUnit,
  mergeUnits,
  totalBuildings,
} from "./voters.ts";

/** One voter of a frozen roll: the owner group that drew this number. */
export type Voter<Unit extends RollUnit = RollUnit> = OwnerGroup<Unit> & { voter: number };

/** A roll as frozen: what is kept, what is published and what goes on chain all follow from it. */
export type FrozenRoll<Unit extends RollUnit = RollUnit> = {
  /** By voter number. */
  voters: Voter<Unit>[];
  /** In the order of the imported table, which tells nothing about who owns what. */
  lines: UnitLine[];
  buildings: BuildingTotals[];
  totalAreaE4: bigint;
  linesRoot: Hex;
  areaBytes: 4 | 5;
  areas: Hex;
};

const BUILDINGS_ABI = [
  {
    type: "tuple[]",
    components: [
      { name: "name", type: "string" },
      { name: "heads", type: "uint32" },
      { name: "area", type: "uint64" },
    ],
  },
] as const;

/** The `buildings` field of the roll message: `keccak(abi.encode(Building[]))`. */
export function buildingsHash(
  buildings: readonly Pick<BuildingTotals, "building" | "heads" | "areaE4">[],
): Hex {
  const rows = buildings.map(({ building, heads, areaE4 }) => {
    return { name: building, heads, area: areaE4 };
  });
  return keccak256(encodeAbiParameters(BUILDINGS_ABI, [rows]));
}

function drawVoters<Unit extends RollUnit>(
  groups: readonly OwnerGroup<Unit>[],
  random: RandomBytes,
): Voter<Unit>[] {
  const numbers = drawPermutation(groups.length, random);
  return groups
    .map((group, i) => ({ ...group, voter: numbers[i]! }))
    .sort((a, b) => a.voter - b.voter);
}

/**
 * Freezes a roll: merges the units into voters, draws their numbers, salts every unit's line.
 * Throws RangeError for a unit without owner, a unit that stands twice, or no unit at all.
 */
export function freezeRoll<Unit extends RollUnit>(
  units: readonly Unit[],
  random: RandomBytes,
  developer?: string,
): FrozenRoll<Unit> {
  const groups = mergeUnits(units, developer);
  const voters = drawVoters(groups, random);
  const voterOf = new Map(voters.flatMap(({ units: own, voter }) => own.map((u) => [u, voter])));
  const lines = units.map((unit): UnitLine => {
    const { building, entrance, areaE4 } = unit;
    const salt = bytesToHex(random(32));
    return { building, entrance, unit: unit.unit, areaE4, voter: voterOf.get(unit)!, salt };
  });
  const areasE4 = voters.map(({ areaE4 }) => areaE4);
  const areaBytes = areaBytesOf(areasE4);
  return {
    voters,
    lines,
    buildings: totalBuildings(groups),
    totalAreaE4: areasE4.reduce((sum, area) => sum + area, 0n),
    linesRoot: treeRoot(lines.map(lineLeaf)),
    areaBytes,
    areas: areasHash(areasE4, areaBytes),
  };
}
