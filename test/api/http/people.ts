import { p256 } from "@noble/curves/nist.js";
import { Wallet } from "ethers";
import type { TypedDataDomain, TypedDataField } from "ethers";
import { type Hex, bytesToHex, concat, hashTypedData, hexToBytes, sha256, stringToHex } from "viem";
import {
  type Assertion,
  FORM,
  KEY_KIND,
  challengeOf,
  packEnvelope,
  keyId,
  toCompactSignature,
  toP256Signature,
} from "../../../protocol/registry/keys.ts";
import type { KeyKind } from "../../../protocol/registry/keys.ts";
import { officerSigner, packOfficerAssertion } from "../../../protocol/registry/officer.ts";
import { LOGIN_PURPOSE, loginTypedData } from "../../../protocol/registry/messages.ts";
import { type Answer, type Body, type Client, ok } from "./client.ts";

interface Proof {
  kind: KeyKind;
  keyId: Hex;
  form: number;
  challenge: Hex;
  envelope?: Hex;
  signature: Hex;
}

type Purpose = keyof typeof LOGIN_PURPOSE;

/** Somebody with a key. */
export interface Person {
  prove(client: Client, purpose: Purpose): Promise<Proof>;
}

/** A wallet of ethers: its digests must agree with viem's and the contracts'. */
export class WalletPerson implements Person {
  readonly wallet = Wallet.createRandom();

  get signer(): Hex {
    return this.wallet.address.toLowerCase() as Hex;
  }

  async prove(client: Client, purpose: Purpose): Promise<Proof> {
    const { challenge, chainId, site } = await ok(client.post("/session/challenge"));
    const message = { site, purpose: LOGIN_PURPOSE[purpose], challenge };
    const { domain, types } = loginTypedData(chainId, message);
    const signature = await this.signTypedData({ domain, types, message });
    const compact = toCompactSignature(signature);
    return {
      kind: KEY_KIND.secp256k1,
      keyId: this.signer,
      form: FORM.plain,
      challenge,
      signature: compact,
    };
  }

  signTypedData({ domain, types, message }: Body): Promise<Hex> {
    const fields = types as Record<string, TypedDataField[]>;
    return this.wallet.signTypedData(domain as TypedDataDomain, fields, message) as Promise<Hex>;
  }

  /** Signs a proposal as a wallet shows it. */
  async attest(client: Client, community: string, proposal: Body): Promise<Answer> {
    const signature = await this.signTypedData(proposal.typedData);
    const address = `/communities/${community}/proposals/${proposal.id}/attestations`;
    return client.post(address, { signer: this.signer, signature });
  }
}

/** A key of WebCrypto, as a browser keeps it. */
export class DevicePerson implements Person {
  readonly #pair: CryptoKeyPair;
  readonly point: Hex;

  private constructor(pair: CryptoKeyPair, point: Hex) {
    this.#pair = pair;
    this.point = point;
  }

  static async create(): Promise<DevicePerson> {
    const algorithm = { name: "ECDSA", namedCurve: "P-256" };
    const pair = await crypto.subtle.generateKey(algorithm, false, ["sign", "verify"]);
    const raw = await crypto.subtle.exportKey("raw", pair.publicKey);
    return new DevicePerson(pair, bytesToHex(new Uint8Array(raw).subarray(1)));
  }

  get keyId(): Hex {
    return keyId(this.point);
  }

  async prove(client: Client, purpose: Purpose): Promise<Proof> {
    const { challenge, chainId, site } = await ok(client.post("/session/challenge"));
    const message = { site, purpose: LOGIN_PURPOSE[purpose], challenge };
    const digest = hashTypedData(loginTypedData(chainId, message));
    const signature = toP256Signature(await this.sign(digest), this.point);
    return { kind: KEY_KIND.p256, keyId: this.keyId, form: FORM.sha256, challenge, signature };
  }

  async sign(digest: Hex): Promise<Hex> {
    const algorithm = { name: "ECDSA", hash: "SHA-256" };
    const bytes = new Uint8Array(hexToBytes(digest));
    const signature = await crypto.subtle.sign(algorithm, this.#pair.privateKey, bytes);
    return bytesToHex(new Uint8Array(signature));
  }
}

/** A passkey, its authenticator and its browser in one. */
export class PasskeyPerson implements Person {
  readonly #secret = p256.utils.randomSecretKey();
  /** Where the browser says that it is; the page's own address by default. */
  origin: string | undefined;
  /** Present and verified. */
  flags = 0x05;

  get point(): Hex {
    return bytesToHex(p256.getPublicKey(this.#secret, false).subarray(1));
  }

  get keyId(): Hex {
    return keyId(this.point);
  }

  async prove(client: Client, purpose: Purpose): Promise<Proof> {
    const { challenge, chainId, site } = await ok(client.post("/session/challenge"));
    const message = { site, purpose: LOGIN_PURPOSE[purpose], challenge };
    const { assertion, rs } = this.assert(hashTypedData(loginTypedData(chainId, message)), site);
    return {
      ...{ kind: KEY_KIND.p256, keyId: this.keyId, form: FORM.webauthn, challenge },
      envelope: packEnvelope(assertion),
      signature: toP256Signature(rs, this.point),
    };
  }

  /** Signs a proposal as an officer does whose verifier is the chain's for passkeys. */
  async attest(client: Client, community: string, proposal: Body): Promise<Answer> {
    const { chain } = await ok(client.get("/status"));
    const { assertion, rs } = this.assert(hashTypedData(proposal.typedData), client.url);
    const address = `/communities/${community}/proposals/${proposal.id}/attestations`;
    return client.post(address, {
      signer: officerSigner(chain.verifiers.webAuthnVerifier as Hex, this.point),
      signature: packOfficerAssertion(assertion, rs),
    });
  }

  /** The assertion over a digest, and r ‖ s with a low s. */
  assert(digest: Hex, site: string): { assertion: Assertion; rs: Hex } {
    const origin = this.origin ?? site;
    const data = { type: "webauthn.get", challenge: challengeOf(digest), origin };
    const clientDataJSON = stringToHex(JSON.stringify({ ...data, crossOrigin: false }));
    const flags = this.flags.toString(16).padStart(2, "0");
    const authenticatorData: Hex = `0x${"5a".repeat(32)}${flags}00000007`;
    const preimage = concat([hexToBytes(authenticatorData), sha256(clientDataJSON, "bytes")]);
    const rs = bytesToHex(p256.sign(preimage, this.#secret));
    return { assertion: { authenticatorData, clientDataJSON }, rs };
  }
}

export async function login(client: Client, person: Person): Promise<Client> {
  await ok(client.post("/session", await person.prove(client, "login")));
  return client;
}
