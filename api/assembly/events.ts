import { parseEventLogs } from "viem";
import type { ContractEventName, GetEventArgs, TransactionReceipt } from "viem";
import { assemblyAbi } from "../../protocol/abi/assembly.ts";

type EventName = ContractEventName<typeof assemblyAbi>;
export type EventArgs<Name extends EventName> = GetEventArgs<
  typeof assemblyAbi,
  Name,
  { EnableUnion: false; IndexedOnly: false; Required: true }
>;

/** All events of one name in a receipt of ours, in order. */
export function listEvents<Name extends EventName>(
  receipt: TransactionReceipt,
  eventName: Name,
): EventArgs<Name>[] {
  const logs = parseEventLogs({ abi: assemblyAbi, eventName, logs: receipt.logs });
  return logs.map((log) => log.args as unknown as EventArgs<Name>);
}

/** The one event of a name that a call of ours must have brought about. */
export function getEvent<Name extends EventName>(
  receipt: TransactionReceipt,
  eventName: Name,
): EventArgs<Name> {
  const [event] = listEvents(receipt, eventName);
  if (!event) throw new Error(`transaction ${receipt.transactionHash} has no ${eventName}`);
  return event;
}
