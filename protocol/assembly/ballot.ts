import { type Hex, concat, hexToNumber, keccak256, numberToHex, size, slice } from "viem";

/** Where a ballot comes from; proxy and recorded are reserved. */
export const ORIGIN = { own: 0, paper: 1 } as const;

/** One of `ORIGIN`'s names. */
export type Origin = keyof typeof ORIGIN;

/** Added to the origin where the voter sealed the ballot himself. */
export const SELF_SEALED = 128;

/** Where a key stands in a roll. */
export type KeyPlace = { page: number; position: number };

const ORIGIN_NAMES: readonly Origin[] = ["own", "paper"];

/** Most ballots in one batch. */
export const MAX_BATCH = 256;

function fixed(hex: Hex, bytes: number): Hex {
  if (size(hex) !== bytes) throw new RangeError(`expected ${bytes} bytes`);
  return hex;
}

function uint16(number: number): Hex {
  return numberToHex(number, { size: 2 });
}

/** The leaf of an own ballot: `keccak(uint16 page ‖ uint16 position ‖ M ‖ signature)`, M from `signingHash`. */
export function ownLeaf(place: KeyPlace, hash: Hex, signature: Hex): Hex {
  const { page, position } = place;
  return keccak256(concat([uint16(page), uint16(position), fixed(hash, 32), signature]));
}

/** The leaf of a paper ballot: `keccak(uint16 voter ‖ digest ‖ scan)`. */
export function paperLeaf(voter: number, digest: Hex, scan: Hex): Hex {
  return keccak256(concat([uint16(voter), fixed(digest, 32), fixed(scan, 32)]));
}

/** The commitment to a scanned sheet: `keccak(bytes32 salt ‖ sha256(scan file))`. */
export function scanHash(salt: Hex, sha256OfScan: Hex): Hex {
  return keccak256(concat([fixed(salt, 32), fixed(sha256OfScan, 32)]));
}

/** What the chain keeps of a batch: the root of its leaves with the lowest byte replaced by the origin. */
export function sealedRoot(root: Hex, origin: number): Hex {
  return concat([slice(fixed(root, 32), 0, 31), numberToHex(origin, { size: 1 })]);
}

/** The origin in a sealed root's lowest byte; undefined where it is none that this version knows. */
export function originOf(sealed: Hex): { origin: Origin; selfSealed: boolean } | undefined {
  const byte = hexToNumber(slice(fixed(sealed, 32), 31));
  const selfSealed = byte >= SELF_SEALED;
  const origin = ORIGIN_NAMES[byte % SELF_SEALED];
  return origin && !(selfSealed && origin === "paper") ? { origin, selfSealed } : undefined;
}
