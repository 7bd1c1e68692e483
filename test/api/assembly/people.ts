import { TypedDataEncoder, Wallet, getBytes } from "ethers";
import type { Hex } from "viem";
import {
  FORM,
  KEY_KIND,
  keyId,
  toCompactSignature,
  toP256Signature,
} from "../../../protocol/registry/keys.ts";
import type { Form, KeyKind } from "../../../protocol/registry/keys.ts";
import { loginTypedData } from "../../../protocol/registry/messages.ts";
import type { LOGIN_PURPOSE } from "../../../protocol/registry/messages.ts";
import { LOGIN_PURPOSE as PURPOSE } from "../../../protocol/registry/messages.ts";
import { post, ask } from "./client.ts";
import type { TestService } from "./service.ts";

interface TypedData {
  domain: object;
  types: object;
  primaryType: string;
  message: object;
}

/** The digest as ethers has it, so that both libraries must agree. */
export function digestOf({ domain, types, message }: TypedData): Hex {
  const named = Object.entries(types).filter(([name]) => name !== "EIP712Domain");
  const structs = Object.fromEntries(named) as Record<string, { name: string; type: string }[]>;
  return TypedDataEncoder.hash(domain, structs, message as Record<string, unknown>) as Hex;
}

/** A person with a signing key. */
export interface Person {
  kind: KeyKind;
  form: Form;
  keyId: Hex;
  /** As the contracts take an owner's signature. */
  sign(digest: Hex): Promise<Hex>;
}

export class WalletPerson implements Person {
  readonly kind = KEY_KIND.secp256k1;
  readonly form = FORM.plain;
  readonly wallet = new Wallet(Wallet.createRandom().privateKey);

  get keyId(): Hex {
    return this.wallet.address.toLowerCase() as Hex;
  }

  async sign(digest: Hex): Promise<Hex> {
    return toCompactSignature(this.signFull(digest));
  }

  /** 65 bytes, as officers sign. */
  signFull(digest: Hex): Hex {
    return this.wallet.signingKey.sign(digest).serialized as Hex;
  }
}

/** A P-256 key as a browser holds it: WebCrypto hashes the digest once more. */
export class DevicePerson implements Person {
  readonly kind = KEY_KIND.p256;
  readonly form = FORM.sha256;
  readonly #key: CryptoKeyPair;
  readonly #point: Hex;

  private constructor(key: CryptoKeyPair, point: Hex) {
    this.#key = key;
    this.#point = point;
  }

  static async create(): Promise<DevicePerson> {
    const algorithm = { name: "ECDSA", namedCurve: "P-256" };
    const key = await crypto.subtle.generateKey(algorithm, false, ["sign", "verify"]);
    const raw = Buffer.from(await crypto.subtle.exportKey("raw", key.publicKey));
    return new DevicePerson(key, `0x${raw.subarray(1).toString("hex")}`);
  }

  get keyId(): Hex {
    return keyId(this.#point);
  }

  async sign(digest: Hex): Promise<Hex> {
    const algorithm = { name: "ECDSA", hash: "SHA-256" };
    const bytes = await crypto.subtle.sign(
      algorithm,
      this.#key.privateKey,
      new Uint8Array(getBytes(digest)),
    );
    return toP256Signature(`0x${Buffer.from(bytes).toString("hex")}`, this.#point);
  }
}

async function proofOf(service: TestService, person: Person, purpose: keyof typeof LOGIN_PURPOSE) {
  const { challenge, site, chainId } = await post(service, "/session/challenge");
  const digest = digestOf(loginTypedData(chainId, { site, purpose: PURPOSE[purpose], challenge }));
  const { kind, form, keyId: id } = person;
  return { kind, form, keyId: id, challenge, signature: await person.sign(digest) };
}

/** Logs in; returns the cookie. */
export async function login(service: TestService, person: Person): Promise<string> {
  const body = await proofOf(service, person, "login");
  const { headers, status } = await ask(service, "POST", "/session", { body });
  if (status !== 200) throw new Error(`login answered ${status}`);
  return headers.get("set-cookie")!.split(";")[0]!;
}

/** Hands in a key with the code of the letter. */
export async function enrol(
  service: TestService,
  person: Person,
  { community, code }: { community: string; code: string },
): Promise<{ roll: number; voter: number }> {
  const body = { code, ...(await proofOf(service, person, "enrol")) };
  return post(service, `/communities/${community}/enrolments`, { body });
}
