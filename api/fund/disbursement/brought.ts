import { decodeFunctionData, getAbiItem, keccak256, toFunctionSelector } from "viem";
import type { Hex } from "viem";
import { fundAbi } from "../../../protocol/abi/fund.ts";
import { readApprovals } from "../../../protocol/fund/approvals.ts";

interface Approval {
  signer: Hex;
  signature: Hex;
}

interface Payment {
  /** What its approvers signed. */
  hash: Hex;
  /** Their ids, as the event of the payment names them. */
  approvers: readonly Hex[];
}

/** The approvals of a payment in the data of the transaction that brought it to the chain; none where they are not in sight. */
export async function findBrought(
  input: Hex,
  { hash, approvers }: Payment,
): Promise<readonly Approval[]> {
  for (const call of listCalls(input)) {
    const args = decodeRelease(call);
    const signed = (args && (await readApprovals(hash, args))) ?? [];
    // Who is named by the event the Fund has checked, so that anything else may stand in the data.
    if (signed.map(({ signer }) => keccak256(signer)).join() === approvers.join()) return signed;
  }
  return [];
}

const SELECTOR = toFunctionSelector(getAbiItem({ abi: fundAbi, name: "release" })).slice(2);

/** The transaction's data where it went to the Fund itself; where it went through another contract, what it hands on. */
function listCalls(input: Hex): Hex[] {
  const calls: Hex[] = [];
  for (let at = input.indexOf(SELECTOR, 2); at >= 0; at = input.indexOf(SELECTOR, at + 1)) {
    if (at % 2 === 0) calls.push(`0x${input.slice(at)}`);
  }
  return calls;
}

type Release = Parameters<typeof readApprovals>[1];

/** The arguments of a call of `release`; undefined for data that is none, whatever its first bytes say. */
function decodeRelease(data: Hex): Release | undefined {
  try {
    const { functionName, args } = decodeFunctionData({ abi: fundAbi, data });
    return functionName === "release" ? args : undefined;
  } catch {
    return undefined;
  }
}
