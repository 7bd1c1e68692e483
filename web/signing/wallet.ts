import { stringify } from "viem";
import { FORM, KEY_KIND, toCompactSignature } from "../../protocol/registry/keys.ts";
import { Problem } from "../service/problem.ts";
import type { Hex, Signer, Typed } from "./signer.ts";

/** An injected wallet (EIP-1193). */
interface Wallet {
  request(call: { method: string; params?: readonly unknown[] }): Promise<unknown>;
}

declare global {
  interface Window {
    ethereum?: Wallet;
  }
}

export function findWallet(): Wallet | undefined {
  return globalThis.window?.ethereum;
}

const DECLINED = 4001;

async function ask(method: string, params: readonly unknown[] = []): Promise<unknown> {
  const wallet = findWallet();
  if (!wallet) throw new Problem("WalletMissing");
  try {
    return await wallet.request({ method, params });
  } catch (error) {
    const code = (error as { code?: unknown } | null)?.code;
    throw new Problem(code === DECLINED ? "SigningDeclined" : "WalletFault");
  }
}

function isHex(value: unknown, bytes: number): value is Hex {
  return typeof value === "string" && new RegExp(`^0x[0-9a-fA-F]{${bytes * 2}}$`).test(value);
}

/** The wallet's first account, by its address in lower case. */
export async function askWalletAddress(): Promise<Hex> {
  const accounts = await ask("eth_requestAccounts");
  const [first] = Array.isArray(accounts) ? (accounts as unknown[]) : [];
  if (!isHex(first, 20)) throw new Problem("WalletFault");
  return first.toLowerCase() as Hex;
}

// Wallets want the domain's own type spelled out, which viem derives.
const DOMAIN_TYPES = [
  { name: "name", type: "string" },
  { name: "version", type: "string" },
  { name: "chainId", type: "uint256" },
  { name: "verifyingContract", type: "address" },
];

function toWalletText(typed: Typed): string {
  const domain = (typed.domain ?? {}) as Record<string, unknown>;
  const EIP712Domain = DOMAIN_TYPES.filter(({ name }) => domain[name] !== undefined);
  return stringify({ ...typed, types: { EIP712Domain, ...typed.types } });
}

/** Signs with the wallet and gives its 65 bytes. */
export async function askWalletSignature(address: Hex, typed: Typed): Promise<Hex> {
  const signature = await ask("eth_signTypedData_v4", [address, toWalletText(typed)]);
  if (!isHex(signature, 65)) throw new Problem("WalletFault");
  return signature;
}

export function toWalletSigner(address: Hex): Signer {
  return {
    kind: KEY_KIND.secp256k1,
    keyId: address,
    form: FORM.plain,
    async sign(typed) {
      return { signature: toCompactSignature(await askWalletSignature(address, typed)) };
    },
  };
}
