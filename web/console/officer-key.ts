import { slice, type Hex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { FORM, KEY_KIND, toCompactSignature } from "../../protocol/registry/keys.ts";
import { packOfficerAssertion } from "../../protocol/registry/officer.ts";
import { forget, recall, remember } from "../memory/database.ts";
import { createDeviceKey, toDeviceSigner, type DeviceKey } from "../signing/device-key.ts";
import type { WalletKey } from "../signing/kept-key.ts";
import { assertPasskey, createPasskey, toPasskeySigner, type Passkey } from "../signing/passkey.ts";
import type { Signer, Typed } from "../signing/signer.ts";
import { askWalletAddress, askWalletSignature, toWalletSigner } from "../signing/wallet.ts";

/** Of the demonstration only: a key that everybody knows. */
interface PublicKey {
  readonly kind: "public";
  readonly privateKey: Hex;
}

export type OwnOfficerKey = Passkey | DeviceKey | WalletKey;
export type OfficerKey = OwnOfficerKey | PublicKey;

/** The key that this browser works with, and the one that could not be made again once it is lost. */
const KEPT = "officer";
const DEVICE = "officer device";

export function findOfficerKey(): Promise<OfficerKey | undefined> {
  return recall<OfficerKey>("keys", KEPT);
}

export async function keepOfficerKey(key: OfficerKey): Promise<void> {
  await remember("keys", KEPT, key);
  if (key.kind === "device") await remember("keys", DEVICE, key);
}

/** Whoever leaves is asked for his key the next time; a device's key stays in its own place. */
export async function leaveOfficerKey(key: OfficerKey): Promise<void> {
  await keepDeviceKey(key);
  await forget("keys", KEPT);
}

/** Earlier versions kept a device's key in one place only. */
async function keepDeviceKey(key: OfficerKey): Promise<void> {
  if (key.kind === "device") await remember("keys", DEVICE, key);
}

async function takeDeviceKey(): Promise<DeviceKey> {
  const current = await findOfficerKey();
  if (current?.kind === "device") return current;
  const kept = await recall<DeviceKey>("keys", DEVICE);
  if (kept) return kept;
  const made = await createDeviceKey();
  await remember("keys", DEVICE, made);
  return made;
}

/** A key to work with, new where it can be: `name` is that under which a passkey is found again. */
export async function createOfficerKey(
  kind: OwnOfficerKey["kind"],
  name: string,
): Promise<OwnOfficerKey> {
  if (kind === "passkey") return createPasskey(name);
  if (kind === "device") return takeDeviceKey();
  return { kind: "wallet", address: await askWalletAddress() };
}

/** Whether the key signs without asking anybody: then it may log in by itself. */
export function isSilent({ kind }: OfficerKey): boolean {
  return kind === "device" || kind === "public";
}

/** Signs as a person: logs in. */
export function toLoginSigner(key: OfficerKey): Signer {
  if (key.kind === "passkey") return toPasskeySigner(key);
  if (key.kind === "device") return toDeviceSigner(key);
  if (key.kind === "wallet") return toWalletSigner(key.address);
  const account = privateKeyToAccount(key.privateKey);
  return {
    kind: KEY_KIND.secp256k1,
    keyId: account.address.toLowerCase() as Hex,
    form: FORM.plain,
    async sign(typed) {
      return { signature: toCompactSignature(await account.signTypedData(typed)) };
    },
  };
}

const toRs = (signature: Hex): Hex => slice(signature, 0, 64);

/** Signs as an officer, in the form that the contract's verifier of such a key takes (ERC-7913). */
export async function attest(key: OfficerKey, typed: Typed): Promise<Hex> {
  if (key.kind === "wallet") return askWalletSignature(key.address, typed);
  if (key.kind === "public") return privateKeyToAccount(key.privateKey).signTypedData(typed);
  if (key.kind === "device") return toRs((await toDeviceSigner(key).sign(typed)).signature);
  const { assertion, signature } = await assertPasskey(key, typed);
  return packOfficerAssertion(assertion, toRs(signature));
}
