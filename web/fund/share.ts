import { FACTOR_ONE, toFactorE6 } from "../../protocol/fund/apportion.ts";
import type { Share } from "./own.ts";

/** What a share comes to by its own arithmetic: amount × area × factor ÷ total weight, rounded down, and perhaps a fen. */
export function computeShare({ amount, area, factor, totalWeight, extra }: Share): bigint {
  const weight = area * toFactorE6(factor);
  return (amount * weight) / BigInt(totalWeight) + (extra ? 1n : 0n);
}

/** The total weight as area, in 1e-4 m²: rounded, for showing. */
export const weightAsArea = ({ totalWeight }: Share): bigint => BigInt(totalWeight) / FACTOR_ONE;
