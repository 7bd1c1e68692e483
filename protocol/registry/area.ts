/** Thrown by `toAreaE4` for a text that is not a plain area. */
export class AreaError extends Error {
  override readonly name = "AreaError";
  readonly code = "AreaInvalid";

  constructor() {
    super(
      "an area is a decimal number of m² such as 98.5, below 10^15, with at most four decimals",
    );
  }
}

// Areas occur with up to four decimals in the property register. Fifteen digits before the point
// hold every area on earth and keep 1e-4 m² within 64 bits, as on chain.
const AREA = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,4})?$/;

/**
 * Converts an area in m², a decimal text without sign, exponent or leading zeros ("98.5"), into
 * integers of 1e-4 m² (985000n); throws AreaError for anything else.
 */
export function toAreaE4(text: string): bigint {
  if (!AREA.test(text)) throw new AreaError();
  const point = text.indexOf(".");
  if (point < 0) return BigInt(text + "0000");
  return BigInt(text.slice(0, point) + text.slice(point + 1).padEnd(4, "0"));
}

/**
 * Converts integers of 1e-4 m² (985000n) into the shortest decimal text in m² ("98.5"): the one form
 * that `toAreaE4` reads back to the same number and that never ends in a needless zero.
 */
export function fromAreaE4(areaE4: bigint): string {
  if (areaE4 < 0n) return "-" + fromAreaE4(-areaE4);
  const digits = areaE4.toString().padStart(5, "0");
  const decimals = digits.slice(-4).replace(/0+$/, "");
  return digits.slice(0, -4) + (decimals === "" ? "" : "." + decimals);
}

/** The areas of units, or of whoever holds some, together. */
export function sumAreaE4(rows: readonly { areaE4: bigint }[]): bigint {
  return rows.reduce((sum, { areaE4 }) => sum + areaE4, 0n);
}
