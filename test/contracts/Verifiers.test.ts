import { p256 } from "@noble/curves/nist.js";
import { expect } from "chai";
import fc from "fast-check";
import { type Contract, ContractFactory, getBytes, keccak256 } from "ethers";
import hre from "hardhat";
import {
  type Hex,
  bytesToHex,
  concat,
  hexToBytes,
  numberToHex,
  sha256,
  slice,
  stringToHex,
} from "viem";
import { verifierCode } from "../../api/chain/verifierCode.ts";
import { verifierHashes } from "../../protocol/abi/verifiers.ts";
import { type Assertion, challengeOf } from "../../protocol/registry/keys.ts";
import {
  VERIFIERS,
  type VerifierName,
  packOfficerAssertion,
  verifyOfficerKey,
} from "../../protocol/registry/officer.ts";
import { findVerifier } from "../../protocol/verify/verifiers.ts";

const ABI = ["function verify(bytes key, bytes32 hash, bytes signature) view returns (bytes4)"];
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const secret = getBytes(keccak256("0x01"));
const point = bytesToHex(p256.getPublicKey(secret, false).subarray(1));
const digest = sha256("0x02");

interface Shape {
  flags?: string;
  type?: string;
  challenge?: string;
  origin?: string;
  before?: object;
}

function assertionOf(shape: Shape = {}): Assertion {
  const { flags = "05", type = "webauthn.get", challenge = challengeOf(digest) } = shape;
  const { before = {}, origin = "http://localhost" } = shape;
  return {
    authenticatorData: `0x${"ab".repeat(32)}${flags}00000001`,
    clientDataJSON: stringToHex(JSON.stringify({ ...before, type, challenge, origin })),
  };
}

function sign({ authenticatorData, clientDataJSON }: Assertion): Hex {
  const preimage = concat([hexToBytes(authenticatorData), sha256(clientDataJSON, "bytes")]);
  return bytesToHex(p256.sign(preimage, secret));
}

function toHighS(rs: Hex): Hex {
  const s = ORDER - BigInt(slice(rs, 32));
  return concat([slice(rs, 0, 32), numberToHex(s, { size: 32 })]);
}

function pack(shape: Shape = {}): Hex {
  const assertion = assertionOf(shape);
  return packOfficerAssertion(assertion, sign(assertion));
}

describe("Verifiers of officers' keys", () => {
  const contracts = {} as Record<VerifierName, Contract>;

  before(async () => {
    const { ethers } = await hre.network.create();
    const [deployer] = await ethers.getSigners();
    for (const name of VERIFIERS) {
      const factory = new ContractFactory(ABI, verifierCode[name], deployer);
      contracts[name] = (await factory.deploy()) as Contract;
      const code = (await ethers.provider.getCode(await contracts[name].getAddress())) as Hex;
      expect(keccak256(code)).to.equal(verifierHashes[name]);
      expect(findVerifier(code)).to.equal(name);
      expect(findVerifier(`${code}00`)).to.equal(undefined);
    }
  });

  async function judgements(name: VerifierName, signature: Hex, key = point, hash = digest) {
    // A verifier that gives up has not verified: SignatureChecker asks it with a low-level call.
    const asked = contracts[name].getFunction("verify")(key, hash, signature) as Promise<string>;
    const magic = await asked.catch(() => "0x");
    const ours = await verifyOfficerKey(name, { point: key, digest: hash, signature });
    return { chain: magic === "0x024ad318", ours };
  }

  const agree = async (expected: boolean, ...asked: Parameters<typeof judgements>) =>
    expect(await judgements(...asked)).to.deep.equal({ chain: expected, ours: expected });

  it("take what a passkey and a browser's key sign", async () => {
    await agree(true, "webAuthnVerifier", pack());
    await agree(true, "webAuthnVerifier", pack({ flags: "1d" }));
    // OpenZeppelin takes the fields wherever they stand; for ballots the place is fixed.
    await agree(true, "webAuthnVerifier", pack({ before: { clientExtensions: {} } }));
    const rs = bytesToHex(p256.sign(hexToBytes(digest), secret));
    await agree(true, "webCryptoVerifier", rs);
  });

  it("refuse attacks, and the verification without the chain refuses the same", async () => {
    const name = "webAuthnVerifier";
    await agree(false, name, pack(), point, sha256("0x03"));
    await agree(false, name, pack({ flags: "01" }));
    await agree(false, name, pack({ flags: "04" }));
    await agree(false, name, pack({ flags: "15" }));
    await agree(false, name, pack({ type: "webauthn.create" }));
    await agree(false, name, pack({ challenge: `${challengeOf(digest)}A` }));
    const assertion = assertionOf();
    await agree(false, name, packOfficerAssertion(assertion, toHighS(sign(assertion))));
    const other = bytesToHex(p256.getPublicKey(getBytes(keccak256("0x09")), false).subarray(1));
    await agree(false, name, pack(), other);
    await agree(false, name, pack().slice(0, 390) as Hex);
    await agree(false, name, "0x");
    const rs = bytesToHex(p256.sign(hexToBytes(digest), secret));
    await agree(false, name, rs);
    await agree(false, "webCryptoVerifier", toHighS(rs));
    await agree(
      false,
      "webCryptoVerifier",
      bytesToHex(p256.sign(hexToBytes(digest), secret, { prehash: false })),
    );
    await agree(false, "webCryptoVerifier", pack());
  });

  it("agree with the verification without the chain on whatever bytes are given", async () => {
    const valid = hexToBytes(pack());
    const mangled = fc
      .tuple(fc.nat(valid.length - 1), fc.integer({ min: 1, max: 255 }), fc.nat(40))
      .map(([at, mask, cut]) => {
        const bytes = Uint8Array.from(valid, (byte, i) => (i === at ? byte ^ mask : byte));
        return bytesToHex(bytes.subarray(0, bytes.length - (cut > 30 ? cut - 30 : 0)));
      });
    await fc.assert(
      fc.asyncProperty(mangled, async (signature) => {
        const { chain, ours } = await judgements("webAuthnVerifier", signature);
        expect(ours, signature).to.equal(chain);
      }),
      { numRuns: 150 },
    );
  });
});
