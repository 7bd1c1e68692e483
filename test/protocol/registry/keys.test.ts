import { p256 } from "@noble/curves/nist.js";
import { expect } from "chai";
import { Signature, SigningKey, computeAddress } from "ethers";
import { createHash } from "node:crypto";
import {
  type Hex,
  bytesToHex,
  concat,
  hexToBytes,
  keccak256,
  numberToHex,
  size,
  slice,
  stringToHex,
  zeroHash,
} from "viem";
import {
  FORM,
  KEY_KIND,
  challengeOf,
  isLowS,
  isWalletSignature,
  keyId,
  packEnvelope,
  signingHash,
  toCompactSignature,
  toP256Signature,
  unpackEnvelope,
} from "../../../protocol/registry/keys.ts";
import { type KeySignature, verifyKeySignature } from "../../../protocol/registry/signature.ts";

const digest = keccak256("0x01");
const P256_ORDER = p256.Point.Fn.ORDER;
const SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

const secret = hexToBytes(keccak256("0x02"));
const p256Key = bytesToHex(p256.getPublicKey(secret, false).slice(1));
const signP256 = (hash: Hex): Hex => {
  const raw = bytesToHex(p256.sign(hexToBytes(hash), secret, { prehash: false, lowS: false }));
  return toP256Signature(raw, p256Key);
};
const highS = (signature: Hex): Hex =>
  concat([
    slice(signature, 0, 32),
    numberToHex(P256_ORDER - BigInt(slice(signature, 32, 64)), { size: 32 }),
    slice(signature, 64),
  ]);

type EnvelopeParts = { digest?: Hex; type?: string; flags?: number; rest?: Hex; start?: string };
const envelopeOf = (over: EnvelopeParts = {}): Hex => {
  const type = over.type ?? "webauthn.get";
  const challenge = challengeOf(over.digest ?? digest);
  const json = JSON.stringify({ type, challenge, origin: "https://vote.example" });
  return packEnvelope({
    authenticatorData: concat([
      keccak256("0x03"),
      numberToHex(over.flags ?? 5, { size: 1 }),
      over.rest ?? "0x00000000",
    ]),
    clientDataJSON: stringToHex(json.replace("{", over.start ?? "{")),
  });
};

function webauthn(envelope: Hex): KeySignature {
  const input = { digest, form: FORM.webauthn, envelope };
  return {
    kind: KEY_KIND.p256,
    keyId: keyId(p256Key),
    signature: signP256(signingHash(input)),
    input,
  };
}

const sha = (input: SigningFormOnly = FORM.sha256): KeySignature => ({
  kind: KEY_KIND.p256,
  keyId: keyId(p256Key),
  signature: signP256(signingHash({ digest, form: input })),
  input: { digest, form: input },
});
type SigningFormOnly = 0 | 1;

const wallet = new SigningKey(keccak256("0x04"));
const walletSignature = Signature.from(wallet.sign(digest));
const secp = (): KeySignature => ({
  kind: KEY_KIND.secp256k1,
  keyId: computeAddress(wallet).toLowerCase() as Hex,
  signature: walletSignature.compactSerialized as Hex,
  input: { digest, form: FORM.plain },
});

describe("signing hash", () => {
  it("is the digest, its SHA-256, or WebAuthn's hash over both parts", () => {
    const hash = (...parts: Uint8Array[]): Buffer =>
      parts.reduce((state, part) => state.update(part), createHash("sha256")).digest();
    const envelope = envelopeOf();
    const { authenticatorData, clientDataJSON } = unpackEnvelope(envelope);
    expect(signingHash({ digest, form: FORM.plain })).to.equal(digest);
    expect(signingHash({ digest, form: FORM.sha256 })).to.equal(
      bytesToHex(hash(hexToBytes(digest))),
    );
    const clientData = hash(hexToBytes(clientDataJSON));
    expect(signingHash({ digest, form: FORM.webauthn, envelope })).to.equal(
      bytesToHex(hash(hexToBytes(authenticatorData), clientData)),
    );
  });

  it("is all zero for an envelope that is shorter than it says", () =>
    expect(signingHash({ digest, form: FORM.webauthn, envelope: "0xffff00" })).to.equal(zeroHash));
});

describe("signature of a voter's key", () => {
  const envelope = envelopeOf();
  const others = envelopeOf({ digest: keccak256("0x09") });
  const valid: [string, KeySignature][] = [
    ["a wallet's", secp()],
    ["a device key's", sha()],
    ["a device key's over the digest itself", sha(FORM.plain)],
    ["a passkey's", webauthn(envelope)],
  ];
  const flipped = (signed: KeySignature, bit: bigint): KeySignature => ({
    ...signed,
    signature: numberToHex(BigInt(signed.signature) ^ (1n << bit), {
      size: size(signed.signature),
    }),
  });
  for (const [name, signed] of valid) {
    it(`verifies: ${name}`, async () => expect(await verifyKeySignature(signed)).to.equal(true));
    it(`fails with a flipped bit anywhere: ${name}`, async () => {
      for (const bit of [0n, 100n, 256n, 300n, 510n]) {
        expect(await verifyKeySignature(flipped(signed, bit))).to.equal(false);
      }
    });
  }

  const vs = BigInt(walletSignature.s);
  const parity = BigInt(1 - walletSignature.yParity) << 255n;
  const highWalletS = concat([
    walletSignature.r as Hex,
    numberToHex((SECP256K1_ORDER - vs) | parity, { size: 32 }),
  ]);
  const noPoint = (): KeySignature => {
    const point = `0x${"11".repeat(64)}` as const;
    const signature = concat([slice(sha().signature, 0, 64), slice(point, 32)]);
    return { ...sha(), keyId: keyId(point), signature };
  };
  const shortEnvelope = { digest, form: FORM.webauthn, envelope: "0xffff00" } as const;
  const refused: [string, KeySignature][] = [
    ["by another key", { ...secp(), keyId: `0x${"11".repeat(20)}` }],
    ["by a key that is not the bound one", { ...sha(), keyId: `0x${"11".repeat(32)}` }],
    ["over another digest", { ...sha(), input: { digest: keccak256("0x08"), form: FORM.sha256 } }],
    ["by a key that is no point", noPoint()],
    ["with a high s", { ...sha(), signature: highS(sha().signature) }],
    ["of a wallet with a high s", { ...secp(), signature: highWalletS }],
    ["of 65 bytes", { ...secp(), signature: walletSignature.serialized as Hex }],
    ["of no bytes", { ...sha(), signature: "0x" }],
    ["of zeros", { ...secp(), signature: `0x${"00".repeat(64)}` }],
    ["over a challenge that is another digest", webauthn(others)],
    ["of another WebAuthn ceremony", webauthn(envelopeOf({ type: "webauthn.create" }))],
    ["without user verification", webauthn(envelopeOf({ flags: 1 }))],
    ["without user presence", webauthn(envelopeOf({ flags: 4 }))],
    ["without its envelope", { ...webauthn(envelope), input: { digest, form: FORM.webauthn } }],
    ["backed up without being eligible", webauthn(envelopeOf({ flags: 5 | 16 }))],
    ["with data too short", webauthn(envelopeOf({ rest: "0x000000" }))],
    ["with client data that begin otherwise", webauthn(envelopeOf({ start: '{"a":1,' }))],
    ["with an envelope shorter than it says", { ...webauthn(envelope), input: shortEnvelope }],
  ];
  for (const [name, signed] of refused) {
    it(`is refused ${name}`, async () => expect(await verifyKeySignature(signed)).to.equal(false));
  }

  it("verifies without WebCrypto too", async () => {
    const signed = sha();
    const native = Object.getOwnPropertyDescriptor(globalThis, "crypto")!;
    Object.defineProperty(globalThis, "crypto", { value: {}, configurable: true });
    try {
      expect(await verifyKeySignature(signed)).to.equal(true);
      expect(await verifyKeySignature(flipped(signed, 600n))).to.equal(false);
    } finally {
      Object.defineProperty(globalThis, "crypto", native);
    }
  });
});

describe("low s", () => {
  it("is what P-256 signatures are brought to", () => {
    const low = signP256(digest);
    expect(isLowS(KEY_KIND.p256, low)).to.equal(true);
    expect(isLowS(KEY_KIND.p256, highS(low))).to.equal(false);
    expect(toP256Signature(slice(highS(low), 0, 64), p256Key)).to.equal(low);
    expect(toP256Signature(slice(low, 0, 64), p256Key)).to.equal(low);
  });

  it("is what wallets' signatures are packed with, as EIP-2098 says", () => {
    expect(toCompactSignature(walletSignature.serialized as Hex)).to.equal(
      walletSignature.compactSerialized,
    );
    const high = concat([
      walletSignature.r as Hex,
      numberToHex(SECP256K1_ORDER - BigInt(walletSignature.s), { size: 32 }),
      numberToHex(walletSignature.yParity === 0 ? 28 : 27, { size: 1 }),
    ]);
    expect(toCompactSignature(high)).to.equal(walletSignature.compactSerialized);
    expect(() => toCompactSignature(stringToHex("short"))).to.throw(RangeError);
  });
});

describe("a wallet's signature, as the contracts' library takes it", () => {
  const half = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;
  const make = (s: bigint, v: number): Hex =>
    concat([
      numberToHex(1n, { size: 32 }),
      numberToHex(s, { size: 32 }),
      numberToHex(v, { size: 1 }),
    ]);

  it("has a low s, so that nobody makes a second one of it", () => {
    expect([1n, half].map((s) => isWalletSignature(make(s, 27)))).to.deep.equal([true, true]);
    const high = [half + 1n, 1n << 255n, (1n << 256n) - 1n];
    expect(high.map((s) => isWalletSignature(make(s, 27)))).to.deep.equal([false, false, false]);
  });

  it("has 65 bytes, and 27 or 28 at their end", () => {
    const ends = [0, 1, 26, 27, 28, 29].map((v) => isWalletSignature(make(1n, v)));
    expect(ends).to.deep.equal([false, false, false, true, true, false]);
    expect(isWalletSignature(slice(make(1n, 27), 0, 64))).to.equal(false);
  });
});
