import { z } from "zod";
import { canonicalBytes, parseCanonical } from "../anchor/json.ts";
import { area, fen, positive, text } from "../anchor/record/fields.ts";
import { fromAreaE4, toAreaE4 } from "../registry/area.ts";
import {
  type ApportionRule,
  ApportionError,
  type ChargedUnit,
  FACTOR_ONE,
  apportion,
  fromFactorE6,
  toFactorE6,
} from "./apportion.ts";
import { type Scope, scopeSchema } from "./scope.ts";

// The apportionment schedule (分摊清册): the public document that says what every unit of the charge scope bears.

const decimal = z.string().regex(/^[1-9]\d{0,60}$/);

const line = z.strictObject({
  unit: text,
  building: text,
  /** The frozen roll from which the area is taken. */
  roll: positive,
  area,
  factor: text,
  amount: fen,
  /** One of the fen that were left after rounding down. */
  extra: z.boolean(),
  /** Unsold: the developer bears it. */
  developer: z.boolean(),
});

/** The form of the document. */
export const scheduleSchema = z.strictObject({
  v: z.literal(1),
  amount: fen,
  /** Who bears it, and the rule as the motion adopted it. */
  scope: scopeSchema,
  rule: z.strictObject({ rule: z.literal("area"), factors: z.record(text, text).optional() }),
  /** Area times factor of all units, in 1e-10 m². */
  totalWeight: decimal,
  units: z.array(line).min(1),
});

/** A schedule as read. */
export type Schedule = z.infer<typeof scheduleSchema>;

/** A unit as a schedule takes it from the sub-ledgers. */
export type ScopeUnit = {
  unit: string;
  building: string;
  roll: number;
  areaE4: bigint;
  developer: boolean;
};

/** Shares an amount out over a scope; throws ApportionError, also for a factor of a unit that is not in it. */
export function createSchedule(
  amountFen: bigint,
  units: readonly ScopeUnit[],
  { scope, rule }: { scope: Scope; rule: ApportionRule },
): Schedule {
  const factors = new Map(Object.entries(rule.factors ?? {}));
  const charged = units.map(({ unit, areaE4 }): ChargedUnit => {
    const factor = factors.get(unit);
    factors.delete(unit);
    return { unit, areaE4, factorE6: factor === undefined ? FACTOR_ONE : toFactorE6(factor) };
  });
  if (factors.size > 0) throw new ApportionError("FactorInvalid");
  const { shares, totalWeight } = apportion(amountFen, charged);
  return {
    v: 1,
    amount: String(amountFen),
    scope,
    rule: toPlainRule(rule),
    totalWeight: String(totalWeight),
    units: units.map(({ unit, building, roll, areaE4, developer }, i) => {
      const { amountFen: own, extra } = shares[i]!;
      const factor = fromFactorE6(charged[i]!.factorE6!);
      const amount = String(own);
      return { unit, building, roll, area: fromAreaE4(areaE4), factor, amount, extra, developer };
    }),
  };
}

const toPlainRule = ({ rule, factors }: ApportionRule): Schedule["rule"] =>
  factors && Object.keys(factors).length > 0 ? { rule, factors: { ...factors } } : { rule };

/** The bytes of the document. */
export const scheduleBytes = (schedule: Schedule): Uint8Array<ArrayBuffer> =>
  canonicalBytes(scheduleSchema.parse(schedule));

/** Reads the document; throws zod's error or `JsonInvalid` where it is none. */
export const readSchedule = (bytes: Uint8Array): Schedule =>
  scheduleSchema.parse(parseCanonical(bytes));

/** Where a schedule differs from what its own areas and factors give: the unit's index, or `-1` for the whole; undefined where it is right. */
export function findScheduleFault(schedule: Schedule): number | undefined {
  try {
    const units = schedule.units.map((unit) => ({ ...unit, areaE4: toAreaE4(unit.area) }));
    const right = createSchedule(
      BigInt(schedule.amount),
      units,
      schedule as { scope: Scope; rule: ApportionRule },
    );
    if (right.totalWeight !== schedule.totalWeight) return -1;
    const at = schedule.units.findIndex(
      ({ amount, extra, factor }, i) =>
        amount !== right.units[i]!.amount ||
        extra !== right.units[i]!.extra ||
        factor !== right.units[i]!.factor,
    );
    return at < 0 ? undefined : at;
  } catch {
    return -1;
  }
}
