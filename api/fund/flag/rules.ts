import type { Hex } from "viem";
import { DEFAULT_FLAG_RULES, flagRulesSchema } from "../../../protocol/fund/flag/rules.ts";
import type { FlagRules } from "../../../protocol/fund/flag/rules.ts";
import { toInstant } from "../../clock.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { FlagBooks } from "../../database/generated/client.ts";
import type { FundContext } from "../context.ts";

/** Held until the transaction ends, so that flags and answers are numbered without a gap; comes before the log. */
export async function lockFlags(tx: Tx, communityId: string): Promise<FlagBooks> {
  await tx.$executeRaw`
    INSERT INTO "FlagBooks" ("communityId") VALUES (${communityId}) ON CONFLICT DO NOTHING`;
  await tx.$queryRaw`SELECT 1 FROM "FlagBooks" WHERE "communityId" = ${communityId} FOR UPDATE`;
  return tx.flagBooks.findUniqueOrThrow({ where: { communityId } });
}

/** The parameters of a community's formulas. */
export async function findRules(db: Db | Tx, communityId: string): Promise<FlagRules> {
  const row = await db.flagBooks.findUnique({ where: { communityId } });
  return row?.parameters == null ? DEFAULT_FLAG_RULES : flagRulesSchema.parse(row.parameters);
}

export interface NewRules {
  communityId: string;
  rules: FlagRules;
  /** Why the community measures otherwise. */
  source: string;
  officer: Hex;
}

/** Sets the parameters for flags to come, in public. Flags that stand keep theirs. */
export async function setRules(context: FundContext, input: NewRules): Promise<FlagRules> {
  const { communityId, rules, source, officer: by } = input;
  const { db, anchor, clock } = context;
  return db.$transaction(async (tx) => {
    await lockFlags(tx, communityId);
    await anchor.append(tx, communityId, {
      ...{ v: 1, type: "flagRules", community: communityId, at: toInstant(clock.now()) },
      ...{ rules, source, by },
    });
    await tx.flagBooks.update({ where: { communityId }, data: { parameters: rules } });
    return rules;
  });
}
