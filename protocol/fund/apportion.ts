import { compareCodePoints } from "./order.ts";

// Costs are shared by exclusive area (Civil Code Art. 283), over the charge scope, to the fen.

/** A unit of the charge scope: its area in 1e-4 m², and a factor in 1e-6 where the decision fixes one (1000000n is 1). */
export type ChargedUnit = { unit: string; areaE4: bigint; factorE6?: bigint };

/** A unit's share with how it came about: `floor(amount * weight / total weight)`, and one fen more where `extra`. */
export type Share = { unit: string; amountFen: bigint; weight: bigint; extra: boolean };

/** The shares in the order of the units; they add up to the amount exactly. */
export type Apportionment = { shares: Share[]; totalWeight: bigint };

/** The rule as a motion adopts it: by area, multiplied by the factors of the units that have one. */
export type ApportionRule = { rule: "area"; factors?: Readonly<Record<string, string>> };

/** Why an amount cannot be shared out. */
export type ApportionFault =
  | "AmountInvalid"
  | "UnitsMissing"
  | "UnitDuplicate"
  | "AreaInvalid"
  | "FactorInvalid"
  | "WeightZero";

/** Thrown for an amount that cannot be shared out; `at` is the unit's index where one is to blame. */
export class ApportionError extends Error {
  override readonly name = "ApportionError";
  readonly code: ApportionFault;
  readonly at: number | undefined;

  constructor(code: ApportionFault, at?: number) {
    super(code);
    this.code = code;
    this.at = at;
  }
}

/** A factor of one: the unit bears its area and no more. */
export const FACTOR_ONE = 1_000_000n;

const FACTOR = /^(?:0|[1-9]\d{0,5})(?:\.\d{1,6})?$/;

/** Converts a factor, a decimal text below 1,000,000 with at most six decimals ("1.25"), into 1e-6; throws ApportionError. */
export function toFactorE6(text: string): bigint {
  if (!FACTOR.test(text)) throw new ApportionError("FactorInvalid");
  const [whole = "0", decimals = ""] = text.split(".");
  return BigInt(whole + decimals.padEnd(6, "0"));
}

/** Converts 1e-6 into the shortest decimal text. */
export function fromFactorE6(factorE6: bigint): string {
  const digits = factorE6.toString().padStart(7, "0");
  const decimals = digits.slice(-6).replace(/0+$/, "");
  return digits.slice(0, -6) + (decimals === "" ? "" : "." + decimals);
}

/**
 * Shares an amount of fen, not negative, out over units by area times factor: each gets its part rounded down, and the
 * fen that are left go one by one to those with the largest remainders, among equal ones by unit id in the order of
 * code points. Throws ApportionError where there is no unit, one twice, or nothing to measure by.
 */
export function apportion(amountFen: bigint, units: readonly ChargedUnit[]): Apportionment {
  if (amountFen < 0n) throw new ApportionError("AmountInvalid");
  const ids = requireUnits(units);
  const weights = units.map(({ areaE4, factorE6 = FACTOR_ONE }) => areaE4 * factorE6);
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0n);
  if (totalWeight === 0n) throw new ApportionError("WeightZero");
  const shares = units.map(({ unit }, i) => {
    const product = amountFen * weights[i]!;
    const amount = product / totalWeight;
    return { unit, amount, remainder: product % totalWeight, id: ids[i]!, extra: false };
  });
  const left = amountFen - shares.reduce((sum, { amount }) => sum + amount, 0n);
  const inTurn = shares.toSorted(
    (a, b) => compareAmounts(b.remainder, a.remainder) || compareCodePoints(a.id, b.id),
  );
  for (const share of inTurn.slice(0, Number(left))) share.extra = true;
  return {
    totalWeight,
    shares: shares.map(({ unit, amount, extra }, i) => {
      return { unit, amountFen: extra ? amount + 1n : amount, weight: weights[i]!, extra };
    }),
  };
}

const compareAmounts = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** The units' ids in NFC. */
function requireUnits(units: readonly ChargedUnit[]): string[] {
  if (units.length === 0) throw new ApportionError("UnitsMissing");
  const seen = new Set<string>();
  return units.map(({ unit, areaE4, factorE6 = FACTOR_ONE }, at) => {
    const id = unit.normalize("NFC");
    if (seen.has(id)) throw new ApportionError("UnitDuplicate", at);
    if (areaE4 < 0n) throw new ApportionError("AreaInvalid", at);
    if (factorE6 < 0n) throw new ApportionError("FactorInvalid", at);
    seen.add(id);
    return id;
  });
}
