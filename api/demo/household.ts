import { hashTypedData } from "viem";
import type { Hex } from "viem";
import { sheetDigest } from "../../protocol/assembly/sheet.ts";
import type { SignedAnswer } from "../../protocol/assembly/sheet.ts";
import { KEY_KIND } from "../../protocol/registry/keys.ts";
import { LOGIN_PURPOSE, loginTypedData } from "../../protocol/registry/messages.ts";
import type { SigningDomain } from "../../protocol/registry/messages.ts";
import type { ListedKey } from "./desk.ts";
import { createDemoKey, signDigest } from "./keys.ts";
import type { DemoKey } from "./keys.ts";
import type { Port } from "./port.ts";
import { createRandom } from "./random.ts";
import { DEMO_SEED } from "./story.ts";

const random = createRandom(DEMO_SEED);

/** The key of the owner whose first unit this is; about one in four votes with a wallet. `nth` counts from 0. */
export function keyOf(unit: string, nth = 0): DemoKey {
  const isWallet = random.bytes(`kind ${unit}`)[0]! < 64;
  const kind = isWallet ? KEY_KIND.secp256k1 : KEY_KIND.p256;
  return createDemoKey(random, `owner ${unit} ${nth}`, kind);
}

export interface Challenge {
  challenge: Hex;
  chainId: number;
  site: string;
}

/** Hands in a key with the code of the letter. */
export async function enrol(
  port: Port,
  input: { communityId: string; code: string; key: DemoKey },
): Promise<void> {
  const { communityId, code, key } = input;
  const challenge = await port.ask<Challenge>({ method: "post", path: "/session/challenge" });
  const proof = await proveKey(key, challenge, "enrol");
  await port.ask({
    ...{ method: "post", path: "/communities/:community/enrolments" },
    params: { community: communityId },
    body: { code, ...proof },
  });
}

/** A signed `Login` over a challenge of the service. */
export async function proveKey(
  key: DemoKey,
  { challenge, chainId, site }: Challenge,
  purpose: keyof typeof LOGIN_PURPOSE,
) {
  const message = { site, purpose: LOGIN_PURPOSE[purpose], challenge };
  const signed = await signDigest(key, hashTypedData(loginTypedData(chainId, message)));
  return { kind: key.kind, keyId: key.keyId, challenge, ...signed };
}

export interface Vote {
  communityId: string;
  meeting: number;
  domain: SigningDomain;
  key: DemoKey;
  place: Pick<ListedKey, "page" | "position">;
  answers: readonly SignedAnswer[];
}

/** What is sent to vote. */
export type SignedSheet = Awaited<ReturnType<typeof signSheet>>;

export async function signSheet({ meeting, domain, key, place, answers }: Vote) {
  const signed = await signDigest(key, sheetDigest(domain, BigInt(meeting), answers));
  const { page, position } = place;
  return { page, position, answers, ...signed };
}

/** Casts a signed sheet; the same one again is the same ballot. */
export function castSheet(
  port: Port,
  { communityId, meeting }: Pick<Vote, "communityId" | "meeting">,
  sheet: SignedSheet,
): Promise<{ leaf: Hex; state: string }> {
  return port.ask({
    ...{ method: "post", path: "/communities/:community/meetings/:meeting/ballots" },
    params: { community: communityId, meeting },
    body: sheet,
  });
}
