import type { Hex } from "viem";
import type { Db } from "../database/client.ts";
import { ChainRefusal } from "./failure.ts";

/** Which chain this database stands on, written at the first start and never changed. */
export type ChainIdentity =
  | { kind: "embedded"; chainId: number; genesisTime: string }
  | {
      kind: "external";
      chainId: number;
      genesisHash: Hex;
      /** Where the journal's numbers of a relayer begin, whose key had been used before. */
      firstNonces: Record<string, number>;
    };

const KEY = "chain";

export async function findIdentity(db: Db): Promise<ChainIdentity | undefined> {
  const row = await db.setting.findUnique({ where: { key: KEY } });
  return row ? (row.value as ChainIdentity) : undefined;
}

/** Two instances may start at once: what the first wrote holds for both. */
export async function claimIdentity(db: Db, identity: ChainIdentity): Promise<ChainIdentity> {
  await db.setting.createMany({ data: [{ key: KEY, value: identity }], skipDuplicates: true });
  const claimed = await findIdentity(db);
  if (!claimed) throw new Error("The chain's identity was not kept.");
  return claimed;
}

export async function rewriteIdentity(db: Db, identity: ChainIdentity): Promise<void> {
  await db.setting.update({ where: { key: KEY }, data: { value: identity } });
}

/** Refuses a chain that is not the one this database was started on. */
export function requireSameChain(known: ChainIdentity, found: ChainIdentity): void {
  const describe = (identity: ChainIdentity): string =>
    [
      identity.kind,
      identity.chainId,
      ...(identity.kind === "external" ? [identity.genesisHash] : []),
    ].join(" ");
  if (describe(known) !== describe(found)) {
    throw new ChainRefusal("ChainChanged", { expected: describe(known), found: describe(found) });
  }
}
