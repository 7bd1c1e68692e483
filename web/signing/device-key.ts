import { bytesToHex, hashTypedData, hexToBytes, slice } from "viem";
import { FORM, KEY_KIND, keyId, toP256Signature } from "../../protocol/registry/keys.ts";
import { Problem } from "../service/problem.ts";
import type { Hex, Signer, Typed } from "./signer.ts";

const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** How a device key lies in this browser: the private half cannot be read out, by this page either. */
export interface DeviceKey {
  readonly kind: "device";
  readonly privateKey: CryptoKey;
  /** x ‖ y. */
  readonly point: Hex;
}

function requireWebCrypto(): SubtleCrypto {
  // Browsers offer WebCrypto on https and on localhost only.
  if (!globalThis.isSecureContext) throw new Problem("ConnectionNotSecure");
  return crypto.subtle;
}

export async function createDeviceKey(): Promise<DeviceKey> {
  const subtle = requireWebCrypto();
  const pair = await subtle.generateKey(ECDSA, false, ["sign", "verify"]);
  const point = bytesToHex(new Uint8Array(await subtle.exportKey("raw", pair.publicKey)));
  return { kind: "device", privateKey: pair.privateKey, point: slice(point, 1) };
}

/** Takes over a key from outside, not to be read out again: only the demonstration hands out such keys. */
export async function importDeviceKey(jwk: JsonWebKey): Promise<DeviceKey> {
  const subtle = requireWebCrypto();
  const privateKey = await subtle.importKey("jwk", jwk, ECDSA, false, ["sign"]);
  const { kty, crv, x, y } = jwk;
  const publicJwk = { kty, crv, x, y } as JsonWebKey;
  const publicKey = await subtle.importKey("jwk", publicJwk, ECDSA, true, ["verify"]);
  const point = bytesToHex(new Uint8Array(await subtle.exportKey("raw", publicKey)));
  return { kind: "device", privateKey, point: slice(point, 1) };
}

export function toDeviceSigner({ privateKey, point }: DeviceKey): Signer {
  return {
    kind: KEY_KIND.p256,
    keyId: keyId(point),
    form: FORM.sha256,
    async sign(typed: Typed) {
      // WebCrypto hashes what it signs: the form sha256 of the specification.
      const digest = hexToBytes(hashTypedData(typed)) as Uint8Array<ArrayBuffer>;
      const signature = await requireWebCrypto().sign(ECDSA, privateKey, digest);
      return { signature: toP256Signature(bytesToHex(new Uint8Array(signature)), point) };
    },
  };
}
