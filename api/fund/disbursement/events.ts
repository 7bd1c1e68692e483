import { parseEventLogs } from "viem";
import type { ContractEventName, GetEventArgs, TransactionReceipt } from "viem";
import { fundAbi } from "../../../protocol/abi/fund.ts";
import type { SigningDomain } from "../../../protocol/registry/messages.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { FundContext } from "../context.ts";

type EventName = ContractEventName<typeof fundAbi>;
type EventArgs<Name extends EventName> = GetEventArgs<
  typeof fundAbi,
  Name,
  { EnableUnion: false; IndexedOnly: false; Required: true }
>;

/** The one event of a name that a call of ours must have brought about. */
export function getEvent<Name extends EventName>(
  receipt: TransactionReceipt,
  eventName: Name,
): EventArgs<Name> {
  const [event] = parseEventLogs({ abi: fundAbi, eventName, logs: receipt.logs });
  if (!event) throw new Error(`transaction ${receipt.transactionHash} has no ${eventName}`);
  return event.args as unknown as EventArgs<Name>;
}

/** The domain in which what concerns a community's funds is signed. */
export async function signingDomain(
  { registry }: Pick<FundContext, "registry">,
  db: Db | Tx,
  communityId: string,
): Promise<SigningDomain> {
  const { chainId, fund } = await registry.getCommunity(db, communityId);
  return { chainId, contract: fund };
}
