import { type Hex, bytesToHex, hexToBytes, keccak256, slice } from "viem";

// Bitcoin Core's libsecp256k1 as WebAssembly: some ten times as fast as the portable library, which is seconds for a
// meeting of thousands of wallets. Node takes this file for `#recovery`, everything else the portable one
// (package.json, "imports"); a test compares the two.

type Recover = (hash: Hex, rs: Hex, yParity: number) => Hex;

let loading: Promise<Recover> | undefined;

async function instantiate(): Promise<Recover> {
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

/** `recoverSigner` of curves.ts, sooner; the library is loaded when first asked for. Rejects where that throws. */
export async function recoverSigner(hash: Hex, rs: Hex, yParity: number): Promise<Hex> {
  loading ??= instantiate();
  return (await loading)(hash, rs, yParity);
}
