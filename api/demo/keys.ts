import { createECDH, createPrivateKey, sign as signNatively } from "node:crypto";
import { promisify } from "node:util";
import { type Hex, bytesToHex, hexToBytes, slice } from "viem";
import { privateKeyToAddress, sign } from "viem/accounts";
import {
  FORM,
  KEY_KIND,
  keyId,
  toCompactSignature,
  toP256Signature,
} from "../../protocol/registry/keys.ts";
import type { Form, KeyKind } from "../../protocol/registry/keys.ts";
import type { Random } from "./random.ts";

/** A key of the demonstration. It follows from a public seed: anybody can sign with it. */
export interface DemoKey {
  kind: KeyKind;
  /** Lower case. */
  keyId: Hex;
  privateKey: Hex;
  /** P-256 only: x ‖ y. */
  point: Hex | undefined;
}

/** A signature as ballots and logins carry it. */
export interface KeySigned {
  form: Form;
  signature: Hex;
}

export const createDemoKey = (random: Random, label: string, kind: KeyKind): DemoKey =>
  toDemoKey(kind, bytesToHex(random.bytes(`key ${label}`)));

export function toDemoKey(kind: KeyKind, privateKey: Hex): DemoKey {
  if (kind === KEY_KIND.p256) {
    const point = pointOf(privateKey);
    return { kind, privateKey, point, keyId: keyId(point) };
  }
  const address = privateKeyToAddress(privateKey).toLowerCase() as Hex;
  return { kind, privateKey, point: undefined, keyId: address };
}

function pointOf(privateKey: Hex): Hex {
  const pair = createECDH("prime256v1");
  pair.setPrivateKey(hexToBytes(privateKey));
  return bytesToHex(pair.getPublicKey().subarray(1));
}

/** As browsers import it. */
export function toJwk({ privateKey, point }: DemoKey) {
  if (!point) throw new RangeError("only a P-256 key has this form");
  return {
    kty: "EC" as const,
    crv: "P-256" as const,
    x: toBase64Url(slice(point, 0, 32)),
    y: toBase64Url(slice(point, 32)),
    d: toBase64Url(privateKey),
  };
}

const toBase64Url = (hex: Hex): string => Buffer.from(hexToBytes(hex)).toString("base64url");

const signInBackground = promisify(signNatively);

/** Signs an EIP-712 digest the way a wallet (secp256k1) or a browser's device key (P-256) does. */
export async function signDigest(key: DemoKey, digest: Hex): Promise<KeySigned> {
  if (!key.point) {
    const signature = await sign({ hash: digest, privateKey: key.privateKey, to: "hex" });
    return { form: FORM.plain, signature: toCompactSignature(signature) };
  }
  const privateKey = createPrivateKey({ key: toJwk(key), format: "jwk" });
  const given = await signInBackground("sha256", hexToBytes(digest), {
    key: privateKey,
    dsaEncoding: "ieee-p1363",
  });
  return { form: FORM.sha256, signature: toP256Signature(bytesToHex(given), key.point) };
}

/** An officer's signature, 65 bytes as wallets give it. */
export const signAsOfficer = (privateKey: Hex, digest: Hex): Promise<Hex> =>
  sign({ hash: digest, privateKey, to: "hex" });
