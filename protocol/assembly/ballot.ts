import { type Hex, concat, keccak256, numberToHex, size, slice } from "viem";

/** Where a ballot comes from; proxy and recorded are reserved. */
export const ORIGIN = { own: 0, paper: 1 } as const;

/** One of `ORIGIN`'s names. */
export type Origin = keyof typeof ORIGIN;

/** Most ballots in one batch. */
export const MAX_BATCH = 256;

function fixed(hex: Hex, bytes: number): Hex {
  if (size(hex) !== bytes) throw new RangeError(`expected ${bytes} bytes`);
  return hex;
}

function voterBytes(voter: number): Hex {
  return numberToHex(voter, { size: 2 });
}

/** The leaf of an owner's own ballot: `keccak(uint16 voter ‖ M ‖ r ‖ s)`, M from `signingHash`. */
export function ownLeaf(voter: number, hash: Hex, signature: Hex): Hex {
  return keccak256(concat([voterBytes(voter), fixed(hash, 32), fixed(signature, 64)]));
}

/** The leaf of a paper ballot: `keccak(uint16 voter ‖ digest ‖ scan)`. */
export function paperLeaf(voter: number, digest: Hex, scan: Hex): Hex {
  return keccak256(concat([voterBytes(voter), fixed(digest, 32), fixed(scan, 32)]));
}

/** The commitment to a scanned sheet: `keccak(bytes32 salt ‖ sha256(scan file))`. */
export function scanHash(salt: Hex, sha256OfScan: Hex): Hex {
  return keccak256(concat([fixed(salt, 32), fixed(sha256OfScan, 32)]));
}

/** What the chain keeps of a batch: the root of its leaves with the lowest byte replaced by the origin. */
export function sealedRoot(root: Hex, origin: Origin): Hex {
  return concat([slice(fixed(root, 32), 0, 31), numberToHex(ORIGIN[origin], { size: 1 })]);
}
