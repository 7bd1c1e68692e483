import { p256 } from "@noble/curves/nist.js";
import { expect } from "chai";
import fc from "fast-check";
import { bytesToHex, concat, hexToBytes, sha256, stringToHex, type Hex } from "viem";
import { challengeOf, toP256Signature } from "../../../protocol/registry/keys.ts";
import {
  fromDerSignature,
  pointFromSpki,
  pointsBehind,
} from "../../../protocol/registry/passkey.ts";

const word = fc.uint8Array({ minLength: 32, maxLength: 32 });

/** What an authenticator would give over a digest, made with a key of the test. */
function signAs(secret: Uint8Array, digest: Hex) {
  const flags = "05";
  const authenticatorData: Hex = `0x${"ab".repeat(32)}${flags}00000001`;
  const text = `{"type":"webauthn.get","challenge":"${challengeOf(digest)}","origin":"http://localhost"}`;
  const clientDataJSON = stringToHex(text);
  const preimage = concat([hexToBytes(authenticatorData), sha256(clientDataJSON, "bytes")]);
  const rs = bytesToHex(p256.sign(preimage, secret, { lowS: false }));
  return { assertion: { authenticatorData, clientDataJSON }, rs };
}

describe("passkey", () => {
  it("reads signatures from DER as noble writes them, however r and s begin", () => {
    fc.assert(
      fc.property(word, word, (message, seed) => {
        const secret = p256.utils.randomSecretKey(
          new Uint8Array([...seed, ...seed.subarray(0, 16)]),
        );
        const signature = p256.sign(message, secret, { lowS: false });
        const der = p256.Signature.fromBytes(signature).toBytes("der");
        expect(fromDerSignature(bytesToHex(der))).to.equal(bytesToHex(signature));
      }),
      { numRuns: 50 },
    );
  });

  it("throws RangeError for anything that is no signature in DER", () => {
    const bad: Hex[] = [
      "0x",
      "0x30",
      "0x3006020101020101ff",
      "0x3003020101",
      "0x3006030101020101",
      "0x30060201010201",
      "0x3008020101020101020101",
      "0x3004020002 00".replace(" ", "") as Hex,
    ];
    for (const der of bad) expect(() => fromDerSignature(der), der).to.throw(RangeError);
  });

  it("takes the point from a P-256 key as browsers give it, and no other key", async () => {
    const algorithm = { name: "ECDSA", namedCurve: "P-256" };
    const { publicKey } = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const [spki, raw] = await Promise.all(
      (["spki", "raw"] as const).map(async (format) =>
        bytesToHex(new Uint8Array(await crypto.subtle.exportKey(format, publicKey))),
      ),
    );
    expect(pointFromSpki(spki!)).to.equal(`0x${raw!.slice(4)}`);
    expect(() => pointFromSpki(`${spki!}00`)).to.throw(RangeError);
    expect(() => pointFromSpki(raw!)).to.throw(RangeError);
  });

  it("finds the key behind an assertion, with high and with low s, among two points", async () => {
    const digest = sha256("0x01");
    for (let i = 0; i < 8; i++) {
      const { secretKey, publicKey } = p256.keygen();
      const point = bytesToHex(p256.Point.fromBytes(publicKey).toBytes(false).subarray(1));
      const { assertion, rs } = signAs(secretKey, digest);
      const low = toP256Signature(rs, point).slice(0, 130) as Hex;
      expect(await pointsBehind(assertion, rs)).to.include(point);
      expect(await pointsBehind(assertion, low)).to.include(point);
    }
  });
});
