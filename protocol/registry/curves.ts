import { ecdsa, weierstrass } from "@noble/curves/abstract/weierstrass.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { type Hex, hexToBytes } from "viem";

// The curve is put together here from its parameters (SEC 2, section 2.4.2), because the library's ready one brings
// along other schemes that are not used.

let p256: ReturnType<typeof ecdsa> | undefined;

// Made when first asked for: where there is WebCrypto it hardly ever is.
function getP256(): ReturnType<typeof ecdsa> {
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

/** Whether the P-256 key `x ‖ y` made the signature `r ‖ s`, s low, over a hash. */
export function verifyP256Hash(point: Hex, rs: Hex, hash: Hex): boolean {
  const key = hexToBytes(`0x04${point.slice(2)}`);
  return getP256().verify(hexToBytes(rs), hexToBytes(hash), key, { prehash: false, lowS: true });
}
