import { findFlags } from "../../../protocol/fund/flag/find.ts";
import type { Flag } from "../../../protocol/fund/flag/input.ts";
import { FLAG_VERSION } from "../../../protocol/fund/flag/rules.ts";
import { toInstant } from "../../clock.ts";
import type { Tx } from "../../database/client.ts";
import type { FundContext } from "../context.ts";
import { collectInputs } from "./inputs.ts";
import type { FlagContext, FlagSource } from "./inputs.ts";
import { findRules, lockFlags } from "./rules.ts";

/**
 * Applies every formula to all that is known and publishes what it finds for the first time. What was found before
 * stays, also when the facts have changed since: the answer to it says so. Returns how many flags are new.
 */
export async function raiseFlags(
  context: FundContext,
  communityId: string,
  sources: readonly FlagSource[],
): Promise<number> {
  const byKey = await findByKey(context, communityId, sources);
  if ((await findNew(context.db, communityId, [...byKey.keys()])).length === 0) return 0;
  return context.db.$transaction((tx) => publishNew(context, tx, { communityId, byKey }));
}

/** The same in the transaction that adds something; the flags must be locked before its first record. */
export async function raiseFlagsIn(
  context: FundContext,
  tx: Tx,
  { communityId, sources }: { communityId: string; sources: readonly FlagSource[] },
): Promise<number> {
  const byKey = await findByKey({ ...context, db: tx }, communityId, sources);
  return publishNew(context, tx, { communityId, byKey });
}

type ByKey = ReadonlyMap<string, Flag>;

/** Keys hold what the bank says of a payment, so only their keyed hashes are kept. */
async function findByKey(
  context: FlagContext,
  communityId: string,
  sources: readonly FlagSource[],
): Promise<ByKey> {
  const inputs = await collectInputs(context, communityId, sources);
  const flags = findFlags(inputs, await findRules(context.db, communityId));
  return new Map(flags.map((flag) => [context.cipher.fingerprint(`flag ${flag.key}`), flag]));
}

async function publishNew(
  context: FundContext,
  tx: Tx,
  { communityId, byKey }: { communityId: string; byKey: ByKey },
): Promise<number> {
  const { lastFlag } = await lockFlags(tx, communityId);
  const added = await findNew(tx, communityId, [...byKey.keys()]);
  for (const [i, key] of added.entries()) {
    const number = lastFlag + 1 + i;
    await publish(context, tx, { communityId, number, key, flag: byKey.get(key)! });
  }
  const data = { lastFlag: lastFlag + added.length };
  await tx.flagBooks.update({ where: { communityId }, data });
  return added.length;
}

async function findNew(
  db: Pick<Tx, "fundFlag">,
  communityId: string,
  keys: readonly string[],
): Promise<string[]> {
  const known = await db.fundFlag.findMany({
    where: { communityId, key: { in: [...keys] } },
    select: { key: true },
  });
  const seen = new Set(known.map(({ key }) => key));
  return keys.filter((key) => !seen.has(key));
}

interface NewFlag {
  communityId: string;
  number: number;
  key: string;
  flag: Flag;
}

async function publish(
  { anchor, clock }: FundContext,
  tx: Tx,
  { communityId, number, key, flag }: NewFlag,
): Promise<void> {
  const { formula, parameters, inputs, figures } = flag;
  const now = clock.now();
  const { index, leaf } = await anchor.append(tx, communityId, {
    ...{ v: 1, type: "flag", community: communityId, at: toInstant(now) },
    ...{ number, formula, version: FLAG_VERSION, parameters, inputs, figures },
  });
  await tx.fundFlag.create({
    data: {
      ...{ communityId, number, formula, key, parameters, inputs, figures },
      ...{ recordIndex: index, recordLeaf: leaf, raisedAt: now },
    },
  });
}
