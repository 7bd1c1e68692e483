import { request } from "../service/request.ts";
import { anything } from "../service/shape.ts";
import { createDeviceKey, keepKey, type KeptKey } from "../signing/device-key.ts";
import { proveKey, toSigner } from "../signing/session.ts";
import { askWalletAddress } from "../signing/wallet.ts";
import { communityPath } from "./community.ts";

/** An invitation code as it is sent: people add spaces and dashes, and write small letters. */
export function normaliseCode(code: string): string {
  return code.toUpperCase().replaceAll(/[^0-9A-Z]/g, "");
}

async function createKey(how: KeptKey["kind"]): Promise<KeptKey> {
  if (how === "device") return createDeviceKey();
  return { kind: "wallet", address: await askWalletAddress() };
}

/**
 * Makes a key and proves that it is here. The key is kept before the service is asked: a code is used
 * up by the asking, and a key lost between the two would have to be replaced at the desk.
 */
export async function enrol(community: string, code: string, how: KeptKey["kind"]): Promise<void> {
  const kept = await createKey(how);
  await keepKey(`pending ${community}`, kept);
  const proof = await proveKey(toSigner(kept), "enrol");
  const body = { code: normaliseCode(code), ...proof };
  const path = communityPath(community, "/enrolments");
  await request(path, anything, { method: "POST", body });
  await keepKey(`owner ${community}`, kept);
}
