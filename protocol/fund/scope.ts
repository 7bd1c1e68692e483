import { z } from "zod";
import { text } from "../anchor/record/fields.ts";

const names = z.array(text).min(1);

/** The charge scope (列支范围): whom a repair serves, and who therefore bears it. */
export const scopeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all") }),
  z.strictObject({ kind: z.literal("buildings"), buildings: names }),
  z.strictObject({
    kind: z.literal("entrances"),
    entrances: z.array(z.strictObject({ building: text, entrance: z.string() })).min(1),
  }),
  z.strictObject({ kind: z.literal("units"), units: names }),
]);

/** A charge scope. */
export type Scope = z.infer<typeof scopeSchema>;

/** A unit with its place. */
export type Place = { building: string; entrance: string; unit: string };

/** The units of a scope in their order. */
export function selectScope<Unit extends Place>(scope: Scope, units: readonly Unit[]): Unit[] {
  const isInScope = createTest(scope);
  return units.filter(isInScope);
}

function createTest(scope: Scope): (place: Place) => boolean {
  switch (scope.kind) {
    case "all":
      return () => true;
    case "buildings": {
      const wanted = new Set(scope.buildings);
      return ({ building }) => wanted.has(building);
    }
    case "entrances": {
      const nameOf = (place: Omit<Place, "unit">): string =>
        JSON.stringify([place.building, place.entrance]);
      const wanted = new Set(scope.entrances.map(nameOf));
      return (place) => wanted.has(nameOf(place));
    }
    case "units": {
      const wanted = new Set(scope.units);
      return ({ unit }) => wanted.has(unit);
    }
  }
}

/** What a scope names and no unit of it has: buildings, entrances or units that are not there. */
export function countStrays(scope: Scope, units: readonly Place[]): number {
  switch (scope.kind) {
    case "all":
      return 0;
    case "buildings":
      return scope.buildings.filter((name) => !units.some(({ building }) => building === name))
        .length;
    case "entrances":
      return scope.entrances.filter(
        ({ building, entrance }) =>
          !units.some((unit) => unit.building === building && unit.entrance === entrance),
      ).length;
    case "units": {
      const there = new Set(units.map(({ unit }) => unit));
      return scope.units.filter((unit) => !there.has(unit)).length;
    }
  }
}
