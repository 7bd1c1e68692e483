import { type Hex, encodeAbiParameters, keccak256 } from "viem";

/** One unit's line as only its owner sees it: the salt hides the voter number from everybody else. */
export type UnitLine = {
  building: string;
  entrance: string;
  /** Community-wide unit id, `building-entrance-number`, e.g. `3-2-1501`. */
  unit: string;
  areaE4: bigint;
  voter: number;
  /** 32 random bytes, one per unit. */
  salt: Hex;
};

/** One unit's line as everybody sees it: areas add up, the voter number does not show. */
export type PublishedLine = {
  building: string;
  entrance: string;
  unit: string;
  areaE4: bigint;
  leaf: Hex;
};

const LINE_ABI = [
  { type: "bytes32" },
  { type: "string" },
  { type: "uint64" },
  { type: "uint16" },
] as const;

/** The community-wide unit id in NFC from its three parts. */
export function unitId(building: string, entrance: string, number: string): string {
  return [building, entrance, number].map((part) => part.normalize("NFC")).join("-");
}

/** The leaf of a unit line: `keccak(abi.encode(salt, unit, areaE4, voter))` (SPEC section 2). */
export function lineLeaf(line: Pick<UnitLine, "salt" | "unit" | "areaE4" | "voter">): Hex {
  return keccak256(
    encodeAbiParameters(LINE_ABI, [line.salt, line.unit.normalize("NFC"), line.areaE4, line.voter]),
  );
}

/** What of a unit line is published. */
export function toPublishedLine(line: UnitLine): PublishedLine {
  const { building, entrance, unit, areaE4 } = line;
  return { building, entrance, unit: unit.normalize("NFC"), areaE4, leaf: lineLeaf(line) };
}
