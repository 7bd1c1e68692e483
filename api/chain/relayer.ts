import { keccak256 } from "viem";
import type { Address, Hex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import type { SignedTransaction } from "./journal.ts";

/** What one unit of gas may cost. Legacy chains know one price only. */
export type Fees = { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint } | { gasPrice: bigint };

export const NO_FEES: Fees = { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n };

export interface Relayer {
  address: Address;
  sign(call: {
    to: Address | null;
    data: Hex;
    nonce: bigint;
    gas: bigint;
    fees: Fees;
  }): Promise<SignedTransaction>;
}

/** The service's own account on the chain. */
export function createRelayer(key: Hex, chainId: number): Relayer {
  const account = privateKeyToAccount(key);
  return {
    address: account.address,
    async sign({ to, data, nonce, gas, fees }) {
      const common = { chainId, to, data, gas, nonce: Number(nonce) };
      const raw = await account.signTransaction(
        "gasPrice" in fees
          ? { ...common, ...fees, type: "legacy" }
          : { ...common, ...fees, type: "eip1559" },
      );
      return { raw, hash: keccak256(raw), sender: account.address, nonce };
    },
  };
}
