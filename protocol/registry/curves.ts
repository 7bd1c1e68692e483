import { ecdsa, weierstrass } from "@noble/curves/abstract/weierstrass.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { type Hex, bytesToHex, hexToBytes, keccak256, slice } from "viem";

// The curves are put together here from their parameters (SEC 2, sections 2.4.1 and 2.4.2), because
// the library's ready ones bring along other schemes that would double the size of the verifier.

const secp256k1 = ecdsa(
  weierstrass(
    {
      p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2fn,
      n: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
      h: 1n,
      a: 0n,
      b: 7n,
      Gx: 0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798n,
      Gy: 0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8n,
    },
    {
      // The endomorphism of a Koblitz curve, which halves the length of the scalars.
      endo: {
        beta: 0x7ae96a2b657c07106e64479eac3434e99cf0497512f58995c1396c28719501een,
        basises: [
          [0x3086d221a7d46bcde86c90e49284eb15n, -0xe4437ed6010e88286f547fa90abfe4c3n],
          [0x114ca50f7a8e2f3f657c1108d9d44cfd8n, 0x3086d221a7d46bcde86c90e49284eb15n],
        ],
      },
    },
  ),
  sha256,
);

let p256: typeof secp256k1 | undefined;

// Made when first asked for: where there is WebCrypto it hardly ever is.
function getP256(): typeof secp256k1 {
  p256 ??= ecdsa(
    weierstrass({
      p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
      n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
      h: 1n,
      a: 0xffffffff00000001000000000000000000000000fffffffffffffffffffffffcn,
      b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
      Gx: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
      Gy: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
    }),
    sha256,
  );
  return p256;
}

/** The address, in lower case, whose key made the secp256k1 signature `r ‖ s` over a hash; throws where there is none. */
export function recoverSigner(hash: Hex, rs: Hex, yParity: number): Hex {
  const signature = new Uint8Array(65);
  signature[0] = yParity;
  signature.set(hexToBytes(rs), 1);
  const point = secp256k1.Signature.fromBytes(signature, "recovered").recoverPublicKey(
    hexToBytes(hash),
  );
  // An address is the end of the hash of x ‖ y.
  return slice(keccak256(bytesToHex(point.toBytes(false).subarray(1))), 12);
}

/** Whether the P-256 key `x ‖ y` made the signature `r ‖ s`, s low, over a hash. */
export function verifyP256Hash(point: Hex, rs: Hex, hash: Hex): boolean {
  const key = hexToBytes(`0x04${point.slice(2)}`);
  return getP256().verify(hexToBytes(rs), hexToBytes(hash), key, { prehash: false, lowS: true });
}
