import type { Address } from "viem";
import { VERIFIERS } from "../../protocol/registry/officer.ts";
import type { VerifierName } from "../../protocol/registry/officer.ts";
import type { Db, Tx } from "../database/client.ts";
import { CONSTRUCTOR } from "./call.ts";
import type { Handlers } from "./call.ts";
import type { ContractName } from "./contracts.ts";
import type { Outbox } from "./outbox.ts";
import { verifierCode } from "./verifierCode.ts";

/** Where the chain has the verifiers of officers' P-256 keys. */
export type Verifiers = Readonly<Record<VerifierName, Address>>;

const KIND = "chain.verifier";
const keyOf = (name: string): string => `${KIND}.${name}`;
/** They serve every community of the chain; no community has this id. */
const NO_COMMUNITY = "";

export function registerVerifiers(handlers: Handlers): void {
  handlers.mined.set(KIND, async (tx, { ref }, receipt) => {
    const value = receipt.contractAddress!.toLowerCase();
    const where = { key: keyOf(ref) };
    await tx.setting.upsert({ where, create: { ...where, value }, update: { value } });
  });
}

/** Wants them on the chain, once: asking again changes nothing. */
export async function enqueueVerifiers(db: Db, outbox: Outbox): Promise<void> {
  await db.$transaction(async (tx) => {
    for (const name of VERIFIERS) {
      const call = { communityId: NO_COMMUNITY, contract: name as ContractName };
      const creation = { functionName: CONSTRUCTOR, args: [], kind: KIND, ref: name };
      await outbox.enqueue(tx, { ...call, ...creation }, { to: null, data: verifierCode[name] });
    }
  });
}

/** Undefined while they are on their way. */
export async function findVerifiers(tx: Tx | Db): Promise<Verifiers | undefined> {
  const rows = await tx.setting.findMany({ where: { key: { in: VERIFIERS.map(keyOf) } } });
  if (rows.length < VERIFIERS.length) return undefined;
  const entries = VERIFIERS.map((name) => [
    name,
    rows.find(({ key }) => key === keyOf(name))!.value,
  ]);
  return Object.fromEntries(entries) as Verifiers;
}
