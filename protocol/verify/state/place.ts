import { type Hex, concat, hexToBigInt, keccak256, numberToHex } from "viem";

/** Where a contract keeps something, as `protocol/abi/layout.ts` has it. */
export type Place = { readonly slot: number } & (
  | { readonly offset: number; readonly bytes: number }
  | { readonly each: Place }
  | { readonly fields: Readonly<Record<string, Place>> }
);

/** A value in a contract's storage: the slot, and its place in it counted in bytes from the lowest. */
export type Located = { slot: Hex; offset: number; bytes: number };

/** A step into a struct is a name, into a mapping a key. */
export type Step = string | bigint | { key: Hex };

const word = (value: bigint): Hex => numberToHex(BigInt.asUintN(256, value), { size: 32 });

/** A mapping keeps what is under a key at the hash of key and slot (Solidity, "Layout of State Variables"). */
function enter(base: bigint, key: Hex): bigint {
  return hexToBigInt(keccak256(concat([key, word(base)])));
}

type At = { place: Place; base: bigint };

function take({ place, base }: At, step: Step): At {
  if (typeof step === "string") {
    const field = "fields" in place ? place.fields[step] : undefined;
    if (!field) throw new RangeError(`no such field: ${step}`);
    return { place: field, base: base + BigInt(field.slot) };
  }
  if (!("each" in place)) throw new RangeError("not a mapping");
  const key = typeof step === "bigint" ? word(step) : step.key;
  return { place: place.each, base: enter(base, key) + BigInt(place.each.slot) };
}

/** Finds a value in a contract's storage; throws where there is no such place. */
export function locate(
  places: Readonly<Record<string, Place>>,
  [first, ...steps]: readonly [string, ...Step[]],
): Located {
  const start = places[first];
  if (!start) throw new RangeError(`no such place: ${first}`);
  const { place, base } = steps.reduce(take, { place: start, base: BigInt(start.slot) });
  if (!("bytes" in place)) throw new RangeError(`no such value: ${first}`);
  return { slot: word(base), offset: place.offset, bytes: place.bytes };
}

/** Reads a value out of the word that its slot holds. */
export function readPlace(slotWord: bigint, { offset, bytes }: Omit<Located, "slot">): bigint {
  return BigInt.asUintN(8 * bytes, slotWord >> BigInt(8 * offset));
}
