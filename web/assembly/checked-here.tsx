import { useQuery } from "../service/query.ts";
import type { ReactNode } from "react";
import { formatCount, formatTime } from "../language/format.ts";
import { useLanguage, useMessages } from "../language/language.tsx";
import { Seal } from "../shell/seal.tsx";
import { findCheck } from "./kept-check.ts";

/** The seal, where this very device has recounted the meeting and found it consistent. */
export function CheckedHere(props: { community: string; meeting: number }): ReactNode {
  const texts = useMessages().meeting;
  const { language } = useLanguage();
  const { community, meeting } = props;
  const check = useQuery({
    queryKey: ["kept-check", community, meeting],
    queryFn: async () => (await findCheck(community, meeting)) ?? null,
  });
  if (!check.data) return null;
  const { at, block } = check.data;
  return (
    <div className="checked-here">
      <Seal small />
      <p>{texts.checkedHere(formatTime(at, language), formatCount(block))}</p>
    </div>
  );
}
