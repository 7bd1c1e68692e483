import {
  compactSignatureToSignature,
  decodeFunctionData,
  getAbiItem,
  hashTypedData,
  isAddressEqual,
  keccak256,
  recoverAddress,
  serializeSignature,
} from "viem";
import type { Hex } from "viem";
import { fundAbi } from "../../../protocol/abi/fund.ts";
import type { Tx } from "../../database/client.ts";
import { LONG_TRANSACTION } from "../context.ts";
import type { FundContext } from "../context.ts";
import { approvalTypedData } from "./approve.ts";
import { settlePaid } from "./pay.ts";
import type { RaiseIn } from "./pay.ts";

interface Accepted {
  id: string;
  communityId: string;
  number: number;
}

/**
 * Takes up payments that somebody else brought to the chain, as anybody may who has the approvals: the contract has
 * paid, so the books must say so. A claim that we are releasing ourselves is settled from its receipt, or, where another
 * came first, falls back to accepted and is found here.
 */
export async function adoptReleases(context: FundContext, raise: RaiseIn): Promise<void> {
  const claims = await context.db.fundClaim.findMany({
    where: { state: "accepted" },
    select: { id: true, communityId: true, number: true },
    orderBy: { createdAt: "asc" },
  });
  for (const claim of claims) {
    const released = await findRelease(context, claim);
    if (released) await adopt(context, { claim, released, raise });
  }
}

interface Released {
  fund: Hex;
  transaction: Hex;
  approvers: readonly Hex[];
}

/** The event of a claim's payment, as deep in the chain as the service wants its own to be. */
async function findRelease(
  { chain, db, registry }: FundContext,
  { communityId, number }: Accepted,
): Promise<Released | undefined> {
  const { fund } = await registry.getCommunity(db, communityId);
  const { client } = chain;
  const place = { address: fund, abi: fundAbi, args: [BigInt(number)] } as const;
  const { isAccepted } = await client.readContract({ ...place, functionName: "getClaim" });
  if (isAccepted) return undefined;
  const newest = await client.getBlockNumber({ cacheTime: 0 });
  const toBlock = newest - BigInt(chain.confirmations - 1);
  if (toBlock < 0n) return undefined;
  const [log] = await client.getLogs({
    ...{ address: fund, fromBlock: 0n, toBlock, strict: true },
    event: getAbiItem({ abi: fundAbi, name: "PaymentReleased" }),
    args: { claim: BigInt(number) },
  });
  if (!log) return undefined;
  return { fund, transaction: log.transactionHash, approvers: log.args.approvers };
}

interface Adopted {
  claim: Accepted;
  released: Released;
  raise: RaiseIn;
}

async function adopt(context: FundContext, { claim, released, raise }: Adopted): Promise<void> {
  const { transaction, approvers } = released;
  const { input, to } = await context.chain.client.getTransaction({ hash: transaction });
  const isDirect = to !== null && isAddressEqual(to, released.fund);
  await context.db.$transaction(async (tx) => {
    const paid = { id: claim.id, transaction, approvers, raise };
    if (!(await settlePaid(context, tx, paid))) return;
    // Through a contract of somebody's the approvals are not in sight; that they were right the Fund has seen.
    if (isDirect) await keepApprovals(context, tx, { claim, input });
  }, LONG_TRANSACTION);
}

/** The approvals that the payment rests on and that were never handed in here. */
async function keepApprovals(
  context: FundContext,
  tx: Tx,
  { claim, input }: { claim: Accepted; input: Hex },
): Promise<void> {
  const { functionName, args } = decodeFunctionData({ abi: fundAbi, data: input });
  if (functionName !== "release") return;
  const [, wallets, attestations] = args;
  const row = await tx.fundClaim.findUniqueOrThrow({
    where: { id: claim.id },
    include: { reservation: true },
  });
  const hash = hashTypedData(await approvalTypedData(context, tx, row));
  const signed = attestations.map(({ signer, signature }) => ({ signer, signature }));
  for (const { r, vs } of wallets) {
    const signature = serializeSignature(compactSignatureToSignature({ r, yParityAndS: vs }));
    const signer = (await recoverAddress({ hash, signature })).toLowerCase() as Hex;
    signed.push({ signer, signature });
  }
  const at = context.clock.now();
  await tx.fundApproval.createMany({
    data: signed.map(({ signer, signature }) => {
      return { claimId: claim.id, officer: keccak256(signer), signer, signature, at };
    }),
    skipDuplicates: true,
  });
}
