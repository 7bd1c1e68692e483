import { bytesToHex, hexToBytes, keccak256, slice } from "viem";
import type { recoverSigner } from "../curves.ts";

// Bitcoin Core's libsecp256k1 as WebAssembly: some ten times as fast as the portable library, which is seconds for a
// meeting of thousands of wallets. Node takes this file for `#recovery`, everything else the portable one
// (package.json, "imports"); a test compares the two.

let loading: Promise<typeof recoverSigner> | undefined;

async function instantiate(): Promise<typeof recoverSigner> {
  // Only this file of the library: all of it would take a quarter of a second to load.
  const { instantiateSecp256k1 } = await import("@bitauth/libauth/build/lib/crypto/secp256k1.js");
  const secp256k1 = await instantiateSecp256k1();
  return (hash, rs, yParity) => {
    if (yParity !== 0 && yParity !== 1 && yParity !== 2 && yParity !== 3) {
      throw new RangeError("no such parity");
    }
    const signature = hexToBytes(rs);
    if (signature.length !== 64) throw new RangeError("r and s have 64 bytes");
    const key = secp256k1.recoverPublicKeyUncompressed(signature, yParity, hexToBytes(hash));
    if (typeof key === "string") throw new RangeError(key);
    return slice(keccak256(bytesToHex(key.subarray(1))), 12);
  };
}

/** How signers are recovered: as `recoverSigner` of curves.ts, sooner. Loaded when first asked for. */
export function loadRecovery(): Promise<typeof recoverSigner> {
  loading ??= instantiate();
  return loading;
}
