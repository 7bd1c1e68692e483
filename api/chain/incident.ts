import { keccak256, stringToHex } from "viem";
import type { Logger } from "pino";
import type { Db } from "../database/client.ts";
import type { FailureParam } from "./failure.ts";

export type IncidentCode =
  /** The node shows another block where a transaction of ours was; the transaction is looked for or sent again. */
  | "ChainReorganised"
  /** The node's answers contradict each other. */
  | "ChainNodeContradicts"
  /** The node says that a transaction's number is used up, and does not show the transaction. */
  | "ChainTransactionHidden"
  /** A call that had been mined and handled was undone by a reorganisation and cannot be repeated. */
  | "ChainEffectLost";

export interface Incident {
  code: IncidentCode;
  params: Record<string, FailureParam>;
}

/** Written once, shown by the status, logged loudly. */
export async function recordIncident(
  { db, log }: { db: Db; log: Logger },
  incident: Incident,
  at: Date,
): Promise<void> {
  const { code, params } = incident;
  const digest = keccak256(stringToHex(JSON.stringify([code, params])));
  const { count } = await db.chainIncident.createMany({
    data: [{ code, params: params, digest, at }],
    skipDuplicates: true,
  });
  if (count > 0) log.error({ code, params }, "chain incident");
}
