import { request } from "../service/request.ts";
import { anything, instant, list, maybe, object } from "../service/shape.ts";
import { createDeviceKey } from "../signing/device-key.ts";
import { findKey, forgetKey, keepKey, toSigner, type KeptKey } from "../signing/kept-key.ts";
import { createPasskey, findPasskey } from "../signing/passkey.ts";
import { proveKey } from "../signing/session.ts";
import type { Hex } from "../signing/signer.ts";
import { askWalletAddress } from "../signing/wallet.ts";
import { keyId } from "../../protocol/registry/keys.ts";
import { communityPath } from "./community.ts";
import { normaliseCode } from "./letter-code.ts";
import { listFrozenRolls } from "./roll.ts";

export interface Enrolling {
  readonly community: string;
  /** Under which a passkey is found again. */
  readonly name: string;
  readonly code: string;
  readonly how: KeptKey["kind"];
}

async function createKey({ how, name }: Enrolling): Promise<KeptKey> {
  if (how === "passkey") return createPasskey(name);
  if (how === "device") return createDeviceKey();
  return { kind: "wallet", address: await askWalletAddress() };
}

/** The key of an earlier try that did not get through: nobody wants a second passkey for a mistyped code. */
async function takeKey(enrolling: Enrolling): Promise<KeptKey> {
  const use = `pending ${enrolling.community}` as const;
  const pending = await findKey(use);
  if (pending?.kind === enrolling.how) return pending;
  const made = await createKey(enrolling);
  // Before the service is asked: a code is used up by the asking, and a lost key would have to be replaced.
  await keepKey(use, made);
  return made;
}

/** Makes a key, proves that it is here, and hands it in with the code of the letter. */
export async function enrol(enrolling: Enrolling): Promise<void> {
  const { community, code } = enrolling;
  const kept = await takeKey(enrolling);
  const proof = await proveKey(toSigner(kept), "enrol").catch(async (error: unknown) => {
    // Whatever is the matter with it, the next try shall make another.
    await forgetKey(`pending ${community}`);
    throw error;
  });
  const body = { code: normaliseCode(code), ...proof };
  const path = communityPath(community, "/enrolments");
  await request(path, anything, { method: "POST", body });
  await keepKey(`owner ${community}`, kept);
  await forgetKey(`pending ${community}`);
}

const placesShape = object({ items: list(object({ revokedAt: maybe(instant) })) });

async function isBound(community: string, roll: number, point: Hex): Promise<boolean> {
  const path = communityPath(community, `/rolls/${roll}/keys?keyId=${keyId(point)}`);
  const { items } = await request(path, placesShape);
  return items.some(({ revokedAt }) => revokedAt === undefined);
}

/** Takes up a passkey that is in a roll already, on a device that has not seen it before. */
export async function takeUpPasskey(community: string): Promise<void> {
  const passkey = await findPasskey(async (points) => {
    for (const roll of await listFrozenRolls(community)) {
      for (const point of points) if (await isBound(community, roll, point)) return point;
    }
    return undefined;
  });
  await keepKey(`owner ${community}`, passkey);
}
