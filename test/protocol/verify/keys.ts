import { p256 } from "@noble/curves/nist.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import {
  type Hex,
  bytesToHex,
  concatHex,
  hexToBytes,
  keccak256,
  numberToHex,
  stringToHex,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import {
  FORM,
  type Form,
  KEY_KIND,
  type KeyKind,
  challengeOf,
  keyId,
  packEnvelope,
  signingHash,
  toCompactSignature,
  toP256Signature,
} from "../../../protocol/registry/keys.ts";

/** A voter's key that signs digests in its own form. */
export type TestKey = {
  kind: KeyKind;
  form: Form;
  keyId: Hex;
  sign(digest: Hex): { signature: Hex; envelope: Hex };
};

/** A private key that follows from a name. */
export const secretOf = (name: string): Hex => keccak256(stringToHex(name));

/** A wallet's 65 bytes over a digest. */
export function signDigest(secret: Hex, digest: Hex): Hex {
  const options = { prehash: false, format: "recovered", lowS: true } as const;
  const bytes = secp256k1.sign(hexToBytes(digest), hexToBytes(secret), options);
  return concatHex([bytesToHex(bytes.slice(1)), numberToHex(27 + bytes[0]!, { size: 1 })]);
}

export function walletKey(name: string): TestKey {
  const secret = secretOf(name);
  return {
    kind: KEY_KIND.secp256k1,
    form: FORM.plain,
    keyId: privateKeyToAccount(secret).address.toLowerCase() as Hex,
    sign(digest) {
      return { signature: toCompactSignature(signDigest(secret, digest)), envelope: "0x" };
    },
  };
}

const pointOf = (secret: Hex): Hex =>
  bytesToHex(p256.getPublicKey(hexToBytes(secret), false).slice(1));

function signP256(secret: Hex, hash: Hex): Hex {
  const signature = p256.sign(hexToBytes(hash), hexToBytes(secret), { prehash: false });
  return toP256Signature(bytesToHex(signature), pointOf(secret));
}

export function deviceKey(name: string): TestKey {
  const secret = secretOf(name);
  return {
    kind: KEY_KIND.p256,
    form: FORM.sha256,
    keyId: keyId(pointOf(secret)),
    sign(digest) {
      const hash = signingHash({ digest, form: FORM.sha256 });
      return { signature: signP256(secret, hash), envelope: "0x" };
    },
  };
}

export function passkey(name: string): TestKey {
  const secret = secretOf(name);
  return {
    kind: KEY_KIND.p256,
    form: FORM.webauthn,
    keyId: keyId(pointOf(secret)),
    sign(digest) {
      const start = `{"type":"webauthn.get","challenge":"${challengeOf(digest)}"`;
      const envelope = packEnvelope({
        authenticatorData: concatHex([secretOf("vote.example"), "0x0500000001"]),
        clientDataJSON: stringToHex(`${start},"origin":"https://vote.example"}`),
      });
      const hash = signingHash({ digest, form: FORM.webauthn, envelope });
      return { signature: signP256(secret, hash), envelope };
    },
  };
}
