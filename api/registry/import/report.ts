import * as z from "zod";
import { fromAreaE4, sumAreaE4 } from "../../../protocol/registry/area.ts";
import {
  mergeUnits,
  overlappingOwners,
  totalBuildings,
} from "../../../protocol/registry/voters.ts";
import type { OwnerGroup, RollUnit } from "../../../protocol/registry/voters.ts";
import { area } from "../../http/fields.ts";
import { USES } from "./cells.ts";
import type { Use } from "./cells.ts";
import { FIELDS } from "./columns.ts";
import type { Field } from "./columns.ts";
import { maskName } from "./identity.ts";
import type { Reading } from "./reading.ts";
import { LINE_FAULTS, LINE_WARNINGS } from "./row.ts";
import type { ImportedUnit } from "./row.ts";

const params = z.record(z.string(), z.union([z.string(), z.number()]));
const remark = <Codes extends readonly [string, ...string[]]>(codes: Codes) =>
  z.object({ line: z.int(), code: z.enum(codes), params });

const mergedSchema = z.object({
  owners: z.array(z.string()).meta({ description: "names, masked" }),
  units: z.int(),
  examples: z.array(z.string()),
  area,
});

/** What an officer sees before anything is made of the table. */
export const reportSchema = z
  .object({
    kind: z.enum(["csv", "xlsx"]),
    encoding: z.string(),
    headerLine: z.int(),
    columns: z.array(z.object({ title: z.string(), field: z.enum(FIELDS).nullable() })),
    clean: z.boolean().meta({ description: "only a clean table becomes a roll" }),
    units: z.int(),
    area,
    voters: z.int().meta({ description: "heads, if all that counts becomes one roll" }),
    votingArea: area,
    buildings: z.array(z.object({ building: z.string(), units: z.int(), heads: z.int(), area })),
    uses: z.array(z.object({ use: z.enum(USES), units: z.int(), area, counts: z.boolean() })),
    merged: z.object({ voters: z.int(), units: z.int(), largest: z.array(mergedSchema) }),
    coOwned: z.int().meta({ description: "units with several owners" }),
    developer: z.object({ units: z.int(), area }),
    overlapping: z.array(mergedSchema).meta({
      description: "owner groups with a member in another group: different heads, to be looked at",
    }),
    rejected: z.array(remark(LINE_FAULTS)),
    warnings: z.array(remark(LINE_WARNINGS)),
  })
  .meta({ id: "ImportReport" });

export type Report = z.infer<typeof reportSchema>;

/** Which classes of use vote; the community's rules say so for parking spaces and storage rooms. */
export interface VotingRules {
  uses: readonly Use[];
  /** Units owned under this identity number are the developer's own. */
  developer: string | undefined;
}

/** As protocol/ merges them: the identity number is the person. */
export interface VotingUnit extends RollUnit {
  source: ImportedUnit;
  entrance: string;
}

export const toVotingUnits = (units: readonly ImportedUnit[], rules: VotingRules): VotingUnit[] =>
  units
    .filter(({ use }) => rules.uses.includes(use))
    .map((source) => ({
      source,
      building: source.building,
      entrance: source.entrance,
      unit: source.unit,
      areaE4: source.areaE4,
      unsold: source.unsold,
      owners: source.owners.map(({ identity }) => identity.number),
    }));

const SHOWN = 20;
const EXAMPLES = 5;

export function createReport(reading: Reading, rules: VotingRules): Report {
  const { sheet, header, units, rejected, warnings } = reading;
  const groups = mergeUnits(toVotingUnits(units, rules), rules.developer);
  const merged = groups.filter((group) => group.units.length > 1 && group.owners.length > 0);
  const developers = groups.find((group) => group.owners.length === 0);
  return {
    kind: sheet.kind,
    encoding: sheet.encoding,
    headerLine: header.line,
    columns: describeColumns(reading),
    clean: rejected.length === 0,
    units: units.length,
    area: sumArea(units),
    voters: groups.length,
    votingArea: sumArea(groups),
    buildings: totalBuildings(groups).map(({ areaE4, ...row }) => ({
      ...row,
      area: fromAreaE4(areaE4),
    })),
    uses: describeUses(units, rules),
    merged: {
      voters: merged.length,
      units: merged.reduce((total, group) => total + group.units.length, 0),
      largest: merged
        .toSorted((a, b) => b.units.length - a.units.length)
        .slice(0, SHOWN)
        .map(describeGroup),
    },
    coOwned: units.filter(({ owners }) => owners.length > 1).length,
    developer: {
      units: developers?.units.length ?? 0,
      area: sumArea(developers ? [developers] : []),
    },
    overlapping: describeOverlaps(groups),
    rejected,
    warnings,
  };
}

const sumArea = (rows: readonly { areaE4: bigint }[]): string => fromAreaE4(sumAreaE4(rows));

function describeColumns({ header }: Reading): Report["columns"] {
  const fields = new Map(Object.entries(header.columns).map(([field, at]) => [at, field as Field]));
  return header.titles.map((title, at) => ({ title, field: fields.get(at) ?? null }));
}

function describeUses(units: readonly ImportedUnit[], rules: VotingRules): Report["uses"] {
  return USES.map((use) => {
    const own = units.filter((unit) => unit.use === use);
    return { use, units: own.length, area: sumArea(own), counts: rules.uses.includes(use) };
  }).filter((row) => row.units > 0);
}

const describeGroup = ({ units, areaE4 }: OwnerGroup<VotingUnit>) => ({
  owners: (units[0]?.source.owners ?? []).map(({ name }) => maskName(name)),
  units: units.length,
  examples: units.slice(0, EXAMPLES).map(({ unit }) => unit),
  area: fromAreaE4(areaE4),
});

function describeOverlaps(groups: readonly OwnerGroup<VotingUnit>[]): Report["overlapping"] {
  const people = new Set(overlappingOwners(groups));
  return groups
    .filter(({ owners }) => owners.some((owner) => people.has(owner)))
    .slice(0, SHOWN)
    .map(describeGroup);
}
