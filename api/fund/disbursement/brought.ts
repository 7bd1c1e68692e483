import {
  compactSignatureToSignature,
  decodeFunctionData,
  getAbiItem,
  keccak256,
  recoverAddress,
  serializeSignature,
  toFunctionSelector,
} from "viem";
import type { Hex } from "viem";
import { fundAbi } from "../../../protocol/abi/fund.ts";

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
    const signed = await readApprovals(call, hash);
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

/** In the contract's order: wallets first. */
async function readApprovals(data: Hex, hash: Hex): Promise<Approval[]> {
  try {
    const { functionName, args } = decodeFunctionData({ abi: fundAbi, data });
    if (functionName !== "release") return [];
    const [, wallets, attestations] = args;
    const recovered = wallets.map(async ({ r, vs }): Promise<Approval> => {
      const signature = serializeSignature(compactSignatureToSignature({ r, yParityAndS: vs }));
      const signer = (await recoverAddress({ hash, signature })).toLowerCase() as Hex;
      return { signer, signature };
    });
    const own = attestations.map(({ signer, signature }) => ({ signer, signature }));
    return [...(await Promise.all(recovered)), ...own];
  } catch {
    return [];
  }
}
