import type { Hex } from "viem";
import { toInstant } from "../../clock.ts";
import type { FundFlagAnswer } from "../../database/generated/client.ts";
import { DomainError } from "../../http/errors.ts";
import type { FundContext } from "../context.ts";
import { lockFlags } from "./rules.ts";

export interface NewAnswer {
  communityId: string;
  flag: number;
  /** In public: names no person. */
  text: string;
  /** Public documents of the community. */
  documents: readonly Hex[];
  officer: Hex;
}

/** The committee's word on a flag, public beside it; a flag may be answered again. Throws FlagNotFound. */
export async function answerFlag(context: FundContext, answer: NewAnswer): Promise<FundFlagAnswer> {
  const { communityId, flag, text, officer: by } = answer;
  const { db, anchor, clock } = context;
  const documents = [...new Set(answer.documents)];
  return db.$transaction(async (tx) => {
    const { lastAnswer } = await lockFlags(tx, communityId);
    const where = { communityId_number: { communityId, number: flag } };
    if (!(await tx.fundFlag.findUnique({ where }))) throw new DomainError("FlagNotFound", { flag });
    const known = await tx.document.findMany({
      where: { communityId, sha256: { in: documents }, confidential: false },
      select: { sha256: true },
    });
    const missing = documents.find((sha256) => !known.some((one) => one.sha256 === sha256));
    if (missing) throw new DomainError("DocumentNotFound", { sha256: missing });
    const number = lastAnswer + 1;
    const now = clock.now();
    const { index } = await anchor.append(tx, communityId, {
      ...{ v: 1, type: "flagAnswer", community: communityId, at: toInstant(now) },
      ...{ number, flag, text, documents, by },
    });
    await tx.flagBooks.update({ where: { communityId }, data: { lastAnswer: number } });
    return tx.fundFlagAnswer.create({
      data: {
        ...{ communityId, number, flagNumber: flag, text, documents, by },
        ...{ recordIndex: index, answeredAt: now },
      },
    });
  });
}
