import type { Hex } from "viem";
import { recordLeaf } from "../../../protocol/anchor/record.ts";
import { canonicalBytes } from "../../../protocol/anchor/json.ts";
import type { Language } from "../../../protocol/format.ts";
import { periodJournal } from "../../../protocol/fund/export/journal.ts";
import type { Placed } from "../../../protocol/fund/export/journal.ts";
import { layStatement } from "../../../protocol/fund/report/statement.ts";
import { fundTexts } from "../../../protocol/fund/report/words.ts";
import { printNotice } from "../../print/pdf.ts";
import type { FundContext } from "../context.ts";
import { readBooks } from "./read.ts";

export interface StatementAddress {
  communityId: string;
  language: Language;
  /** Where the page is reached, for the code: an origin. */
  origin: string;
}

/** The statement of a closed period on A4, from published records alone. */
export async function printStatement(
  context: FundContext,
  period: Placed<"period">,
  { communityId, language, origin }: StatementAddress,
): Promise<Uint8Array> {
  const texts = fundTexts(language);
  const community = await context.registry.getCommunity(context.db, communityId);
  const { entries } = periodJournal(await readBooks(context, communityId), period);
  const leaf: Hex = recordLeaf(canonicalBytes(period.record));
  const { from, to, at, period: number } = period.record;
  return printNotice({
    language,
    title: texts.title(String(number)),
    at: new Date(at),
    blocks: layStatement({ community, period: { ...period, leaf }, entries }, language),
    codes: [
      { text: `${origin}/communities/${communityId}/fund?period=${number}`, label: texts.qr },
    ],
    foot: `${community.name} · ${texts.span(from, to)}`,
  });
}
