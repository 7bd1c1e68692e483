import { getAbiItem, hashTypedData, keccak256 } from "viem";
import type { Hex } from "viem";
import { fundAbi } from "../../../protocol/abi/fund.ts";
import type { Tx } from "../../database/client.ts";
import { LONG_TRANSACTION } from "../context.ts";
import type { FundContext } from "../context.ts";
import { approvalTypedData } from "./approve.ts";
import { findBrought } from "./brought.ts";
import { settlePaid } from "./pay.ts";
import type { RaiseIn } from "./pay.ts";

interface Accepted {
  id: string;
  communityId: string;
  number: number;
}

interface Released {
  claim: Accepted;
  transaction: Hex;
  approvers: readonly Hex[];
}

/**
 * Takes up payments that somebody else brought to the chain, as anybody may who has the approvals: the contract has
 * paid, so the books must say so. A claim that we are releasing ourselves is settled from its receipt, or, where another
 * came first, falls back to accepted and is found here.
 */
export class Adoption {
  readonly #context: FundContext;
  readonly #raise: RaiseIn;
  /** The first block that was not looked at yet, by claim. After a start the whole chain is looked at once. */
  #next = new Map<string, bigint>();

  constructor(context: FundContext, raise: RaiseIn) {
    this.#context = context;
    this.#raise = raise;
  }

  async run(): Promise<void> {
    const claims = await this.#context.db.fundClaim.findMany({
      where: { state: "accepted" },
      select: { id: true, communityId: true, number: true },
      orderBy: { createdAt: "asc" },
    });
    // A claim that is not waiting now starts anew when it waits again.
    this.#next = new Map(claims.map(({ id }) => [id, this.#next.get(id) ?? 0n]));
    const byCommunity = Map.groupBy(claims, ({ communityId }) => communityId);
    for (const [communityId, own] of byCommunity) await this.#look(communityId, own);
  }

  /** As deep in the chain as the service wants its own payments to be. */
  async #look(communityId: string, claims: readonly Accepted[]): Promise<void> {
    const { chain, db, registry } = this.#context;
    const newest = await chain.client.getBlockNumber({ cacheTime: 0 });
    const toBlock = newest - BigInt(chain.confirmations - 1);
    const nexts = claims.map(({ id }) => this.#next.get(id) ?? 0n);
    const fromBlock = nexts.reduce((least, next) => (next < least ? next : least));
    if (toBlock < fromBlock) return;
    const { fund } = await registry.getCommunity(db, communityId);
    const logs = await chain.client.getLogs({
      ...{ address: fund, fromBlock, toBlock, strict: true },
      event: getAbiItem({ abi: fundAbi, name: "PaymentReleased" }),
      args: { claim: claims.map(({ number }) => BigInt(number)) },
    });
    for (const { args, transactionHash: transaction } of logs) {
      const claim = claims.find(({ number }) => BigInt(number) === args.claim)!;
      await this.#adopt({ claim, transaction, approvers: args.approvers });
    }
    // What could not be booked is found again: nothing was noted then.
    for (const { id } of claims) this.#next.set(id, toBlock + 1n);
  }

  async #adopt(released: Released): Promise<void> {
    const context = this.#context;
    const { claim, transaction, approvers } = released;
    const { input } = await context.chain.client.getTransaction({ hash: transaction });
    await context.db.$transaction(async (tx) => {
      const paid = { id: claim.id, transaction, approvers, raise: this.#raise };
      if (await settlePaid(context, tx, paid)) await keepApprovals(context, tx, released, input);
    }, LONG_TRANSACTION);
  }
}

/**
 * The approvals that the payment rests on and that were never handed in here. Where they are not in sight, because
 * somebody's own contract made the call up, an inspection names them as missing: that they were right the Fund has seen,
 * and whose they were its event says.
 */
async function keepApprovals(
  context: FundContext,
  tx: Tx,
  { claim, approvers }: Released,
  input: Hex,
): Promise<void> {
  const row = await tx.fundClaim.findUniqueOrThrow({
    where: { id: claim.id },
    include: { reservation: true },
  });
  const hash = hashTypedData(await approvalTypedData(context, tx, row));
  const signed = await findBrought(input, { hash, approvers });
  const at = context.clock.now();
  await tx.fundApproval.createMany({
    data: signed.map(({ signer, signature }) => {
      return { claimId: claim.id, officer: keccak256(signer), signer, signature, at };
    }),
    skipDuplicates: true,
  });
}
