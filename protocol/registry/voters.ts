/** One unit of a parsed roll; `owners` are opaque identity keys, equal exactly when the person is the same. */
export type RollUnit = {
  building: string;
  entrance: string;
  unit: string;
  areaE4: bigint;
  owners: readonly string[];
  /** Unsold or undelivered: the developer votes for it, whoever is named as owner. */
  unsold: boolean;
};

/** All units of one owner group: one head, the areas added up. */
export type OwnerGroup<Unit extends RollUnit = RollUnit> = {
  /** `developer`, or the sorted identity keys of the owners as a JSON array. */
  key: string;
  owners: string[];
  units: Unit[];
  areaE4: bigint;
};

/** Units, heads and area of one building; an owner in two buildings is a head in each. */
export type BuildingTotals = { building: string; units: number; heads: number; areaE4: bigint };

/** Key of the one owner group that holds the developer's unsold units. */
export const DEVELOPER_GROUP = "developer";

function groupOf(unit: RollUnit, developer: string | undefined): { key: string; owners: string[] } {
  const owners = [...new Set(unit.owners)].sort();
  const developers = owners.length === 1 && owners[0] === developer;
  if (unit.unsold || developers) return { key: DEVELOPER_GROUP, owners: [] };
  if (owners.length === 0) throw new RangeError(`unit ${unit.unit} has no owner`);
  return { key: JSON.stringify(owners), owners };
}

/**
 * Merges units into voters, in the order of their first unit: one voter per set of owners, and one
 * for all of the developer's unsold units (judicial interpretation of 2020, Art. 9: one buyer of
 * several units is one head). The buyer is the set of owners: who owns one flat alone and another
 * with a spouse stands in two sets, which are two heads, because merging by common members would
 * take the spouse's head away and chain strangers together. `overlappingOwners` lists such people
 * for the registrar. `developer` is the developer's identity key where the roll has one.
 */
export function mergeUnits<Unit extends RollUnit>(
  units: readonly Unit[],
  developer?: string,
): OwnerGroup<Unit>[] {
  const groups = new Map<string, OwnerGroup<Unit>>();
  const seen = new Set<string>();
  for (const unit of units) {
    if (seen.has(unit.unit)) throw new RangeError(`unit ${unit.unit} stands twice in the roll`);
    seen.add(unit.unit);
    const { key, owners } = groupOf(unit, developer);
    const group = groups.get(key) ?? { key, owners, units: [], areaE4: 0n };
    group.units.push(unit);
    group.areaE4 += unit.areaE4;
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Identity keys that stand in more than one owner group, sorted: for the registrar to look at. */
export function overlappingOwners(groups: readonly OwnerGroup[]): string[] {
  const counts = new Map<string, number>();
  for (const owner of groups.flatMap((group) => group.owners)) {
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > 1)
    .map(([owner]) => owner)
    .sort();
}

/** Totals per building, in the order in which the buildings first appear among the groups' units. */
export function totalBuildings(groups: readonly OwnerGroup[]): BuildingTotals[] {
  const totals = new Map<string, BuildingTotals>();
  for (const group of groups) {
    const counted = new Set<string>();
    for (const { building, areaE4 } of group.units) {
      const row = totals.get(building) ?? { building, units: 0, heads: 0, areaE4: 0n };
      row.units += 1;
      row.areaE4 += areaE4;
      if (!counted.has(building)) row.heads += 1;
      counted.add(building);
      totals.set(building, row);
    }
  }
  return [...totals.values()];
}
