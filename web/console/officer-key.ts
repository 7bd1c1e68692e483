import { slice, type Hex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { FORM, KEY_KIND, toCompactSignature } from "../../protocol/registry/keys.ts";
import { forget, recall, remember } from "../memory/database.ts";
import { createDeviceKey, toDeviceSigner, type DeviceKey } from "../signing/device-key.ts";
import type { Signer, Typed } from "../signing/signer.ts";
import { askWalletAddress, askWalletSignature, toWalletSigner } from "../signing/wallet.ts";

/** Of the demonstration only: a key that everybody knows. */
interface PublicKey {
  readonly kind: "public";
  readonly privateKey: Hex;
}

export type OfficerKey = DeviceKey | { readonly kind: "wallet"; readonly address: Hex } | PublicKey;

const KEPT = "officer";

export function findOfficerKey(): Promise<OfficerKey | undefined> {
  return recall<OfficerKey>("keys", KEPT);
}

export async function keepOfficerKey(key: OfficerKey): Promise<void> {
  await remember("keys", KEPT, key);
}

/** A device key stays where it is: it could not be made again. */
export async function leaveOfficerKey(key: OfficerKey): Promise<void> {
  if (key.kind !== "device") await forget("keys", KEPT);
}

export async function createOfficerKey(): Promise<OfficerKey> {
  const kept = await findOfficerKey();
  if (kept?.kind === "device") return kept;
  const key = await createDeviceKey();
  await keepOfficerKey(key);
  return key;
}

export async function askOfficerWallet(): Promise<OfficerKey> {
  return { kind: "wallet", address: await askWalletAddress() };
}

/** Signs as a person: logs in. */
export function toLoginSigner(key: OfficerKey): Signer {
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

/** Signs as an officer: 65 bytes of a wallet, or r ‖ s for the verifier contract (ERC-7913). */
export async function attest(key: OfficerKey, typed: Typed): Promise<Hex> {
  if (key.kind === "wallet") return askWalletSignature(key.address, typed);
  if (key.kind === "public") return privateKeyToAccount(key.privateKey).signTypedData(typed);
  return slice((await toDeviceSigner(key).sign(typed)).signature, 0, 64);
}
