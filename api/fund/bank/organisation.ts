import type { Hex } from "viem";
import type { Db } from "../../database/client.ts";
import type { FundContext } from "../context.ts";

// 公司, 银行 ... and what companies put behind their names elsewhere. A guess, for an officer to confirm.
const WORDS =
  /公司|集团|银行|支行|分行|中心|委员会|居委会|政府|街道|管理局|管理处|税务|局$|厂$|店$|所$|站$|协会|学会|合作社|学校|医院|事务所|工作室|经营部|\b(?:ltd|limited|inc|gmbh|llc|plc|council|company|bank|corp)\b/i;

export const looksLikeOrganisation = (name: string): boolean => WORDS.test(name);

/** Marks a name as a company's or an office's: it is published beside the lines that are imported from now on. */
export async function markOrganisation(
  { db, clock }: FundContext,
  { communityId, name, officer }: { communityId: string; name: string; officer: Hex },
): Promise<void> {
  const row = { communityId, name, markedBy: officer, markedAt: clock.now() };
  await db.bankOrganisation.createMany({ data: [row], skipDuplicates: true });
}

/** Takes the mark away, for lines to come. */
export async function unmarkOrganisation(
  { db }: FundContext,
  { communityId, name }: { communityId: string; name: string },
): Promise<void> {
  await db.bankOrganisation.deleteMany({ where: { communityId, name } });
}

export async function listOrganisations(db: Db, communityId: string): Promise<string[]> {
  const rows = await db.bankOrganisation.findMany({
    where: { communityId },
    orderBy: { name: "asc" },
  });
  return rows.map(({ name }) => name);
}
