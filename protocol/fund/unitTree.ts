import { compareText } from "./order.ts";
import {
  type SumLeaf,
  type SumNode,
  type SumStep,
  type SumTree,
  buildSumTree,
  sumLeaf,
  sumProof,
  sumRoot,
} from "./sumTree.ts";

/** A unit's figures with the building it stands in. */
export type UnitFigures = SumLeaf & { building: string };

/** What everybody sees of a building: how many units, and the node over them. */
export type BuildingSum = SumNode & { building: string; count: number };

/** The sum tree of a community: over each building's units in the order of their ids, and over the buildings. */
export type UnitTree = {
  root: SumNode;
  count: number;
  buildings: BuildingSum[];
  /** The siblings from a unit up to the community's root; throws RangeError for a unit that is not in it. */
  prove(unit: string): SumStep[];
};

/** Builds the tree named `tree` over at least one unit; throws SumTreeError for a negative figure. */
export function buildUnitTree(tree: string, units: readonly UnitFigures[]): UnitTree {
  const parts = groupByBuilding(units).map(([building, own]) => {
    const nodes = buildSumTree(own.map((unit) => sumLeaf(tree, unit)));
    return { building, units: own.map(({ unit }) => unit), nodes };
  });
  const top = buildSumTree(parts.map(({ nodes }) => sumRoot(nodes)));
  return {
    root: sumRoot(top),
    count: units.length,
    buildings: parts.map(({ building, nodes, units: own }) => {
      return { building, count: own.length, ...sumRoot(nodes) };
    }),
    prove: (unit) => proveUnit(parts, top, unit),
  };
}

/** The root over the buildings as a record lists them: what their sums add up to, and its hash. */
export function rootOfBuildings(buildings: readonly SumNode[]): SumNode {
  return sumRoot(buildSumTree(buildings));
}

/** The name of the tree of an entry's unit postings. */
export const entryTree = (community: string, number: number): string =>
  `${community}/entry/${number}`;

/** The name of the tree of published balances. */
export const balancesTree = (community: string, number: number): string =>
  `${community}/balances/${number}`;

function groupByBuilding(units: readonly UnitFigures[]): [string, UnitFigures[]][] {
  const groups = new Map<string, UnitFigures[]>();
  for (const unit of units) {
    const group = groups.get(unit.building);
    if (group) group.push(unit);
    else groups.set(unit.building, [unit]);
  }
  for (const group of groups.values()) group.sort((a, b) => compareText(a.unit, b.unit));
  return [...groups].sort(([a], [b]) => compareText(a, b));
}

interface Part {
  units: string[];
  nodes: SumTree;
}

function proveUnit(parts: readonly Part[], top: SumTree, unit: string): SumStep[] {
  const at = parts.findIndex(({ units }) => units.includes(unit));
  const part = parts[at];
  if (!part) throw new RangeError("the unit is not in the tree");
  return [...sumProof(part.nodes, part.units.indexOf(unit)), ...sumProof(top, at)];
}
