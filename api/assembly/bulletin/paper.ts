import { createBulletin } from "../../../protocol/assembly/bulletin/bulletin.ts";
import { bulletinTexts, layBulletin } from "../../../protocol/assembly/bulletin/layout.ts";
import { readBulletin } from "../../../protocol/assembly/bulletin/read.ts";
import { formatCount, formatGroups, type Language } from "../../../protocol/format.ts";
import { printNotice } from "../../print/pdf.ts";
import type { BulletinParts } from "./collect.ts";

export interface BulletinAddress {
  language: Language;
  /** Where the page is reached, for the codes: an origin. */
  origin: string;
  communityId: string;
}

/** The address at which a page compares a printed head with the log as it is now. */
const headAddress = (
  { origin, communityId }: BulletinAddress,
  head: BulletinParts["head"],
): string => `${origin}/communities/${communityId}#head=${head.size}.${head.root.slice(2)}`;

/** The official result notice on A4, from published records alone. */
export function printBulletin(
  { head, records }: BulletinParts,
  address: BulletinAddress,
): Promise<Uint8Array> {
  const { language, origin, communityId } = address;
  const bulletin = createBulletin(readBulletin(records));
  const texts = bulletinTexts(language);
  const recount = `${origin}/communities/${communityId}/meetings/${bulletin.meeting}/recount`;
  return printNotice({
    language,
    title: texts.title,
    at: new Date(bulletin.concludedAt * 1000),
    blocks: [
      ...layBulletin(bulletin, language),
      {
        kind: "facts",
        rows: [[texts.head, `${texts.headOf(formatCount(head.size))}  ${formatGroups(head.root)}`]],
      },
    ],
    codes: [
      { text: recount, label: texts.qrRecount },
      { text: headAddress(address, head), label: texts.qrHead },
    ],
    foot: `${bulletin.community} · ${bulletin.title}`,
  });
}
