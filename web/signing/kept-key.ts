import { forget, recall, remember } from "../memory/database.ts";
import { toDeviceSigner, type DeviceKey } from "./device-key.ts";
import { toPasskeySigner, type Passkey } from "./passkey.ts";
import type { Hex, Signer } from "./signer.ts";
import { toWalletSigner } from "./wallet.ts";

/** A wallet's key is only known by its address; the wallet is asked each time. */
export interface WalletKey {
  readonly kind: "wallet";
  readonly address: Hex;
}

export type KeptKey = Passkey | DeviceKey | WalletKey;

/** Whose key it is: an owner's in a community, perhaps not enrolled yet. */
export type KeyUse = `owner ${string}` | `pending ${string}`;

export function findKey(use: KeyUse): Promise<KeptKey | undefined> {
  return recall<KeptKey>("keys", use);
}

export async function keepKey(use: KeyUse, key: KeptKey): Promise<void> {
  await remember("keys", use, key);
  // Asks the browser not to clear the key when space runs out; it may say no.
  await navigator.storage?.persist?.().catch(() => false);
}

export function forgetKey(use: KeyUse): Promise<void> {
  return forget("keys", use);
}

export function toSigner(kept: KeptKey): Signer {
  if (kept.kind === "passkey") return toPasskeySigner(kept);
  return kept.kind === "device" ? toDeviceSigner(kept) : toWalletSigner(kept.address);
}

/** Whether the key signs without asking anybody: then a login need not be announced. */
export function isSilent({ kind }: KeptKey): boolean {
  return kind === "device";
}
