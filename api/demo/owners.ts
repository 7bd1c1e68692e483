import { unitId } from "../../protocol/registry/lines.ts";
import { mergeUnits } from "../../protocol/registry/voters.ts";
import type { DemoUnit } from "./households.ts";

/** One owner group of the demonstration: one head. */
export interface DemoOwner {
  /** Ids of all its units; the first one names the group. */
  units: string[];
  areaE4: bigint;
  isDeveloper: boolean;
}

/** The owner groups behind the units, in the order of their first unit. */
export function listOwners(units: readonly DemoUnit[]): DemoOwner[] {
  const rows = units.map(({ building, entrance, number, areaE4, unsold, owners }) => ({
    building,
    entrance,
    unit: unitId(building, entrance, number),
    areaE4,
    unsold,
    owners: owners.map(({ identityNumber }) => identityNumber),
  }));
  return mergeUnits(rows).map(({ units: own, areaE4, owners }) => ({
    units: own.map(({ unit }) => unit),
    areaE4,
    isDeveloper: owners.length === 0,
  }));
}
