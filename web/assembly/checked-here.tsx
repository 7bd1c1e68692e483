import { useQuery } from "../service/query.ts";
import type { ReactNode } from "react";
import { formatCount, formatTime } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { Seal } from "../shell/seal.tsx";
import { findCheck } from "./kept-check.ts";
import type { Meeting } from "./meeting.ts";
import { shownOf } from "./shown.ts";

/** The seal, where this very device has recounted the meeting and what the page shows is what it counted. */
export function CheckedHere(props: { community: string; meeting: Meeting }): ReactNode {
  const texts = useTexts("meeting").meeting;
  const { language } = useLanguage();
  const { community, meeting } = props;
  const check = useQuery({
    queryKey: ["kept-check", community, meeting.number],
    queryFn: async () => (await findCheck(community, meeting.number)) ?? null,
  });
  // What was kept before the page remembered what it had counted says nothing.
  if (!check.data?.shown || !meeting.result) return null;
  const { at, block, shown } = check.data;
  const when = formatTime(at, language);
  if (shown !== shownOf(meeting)) {
    return (
      <div className="problem" role="alert" data-problem="ShownDiffers">
        <p className="problem-what">✘ {texts.shownDiffers(when)}</p>
        <p>{texts.shownDiffersCure}</p>
      </div>
    );
  }
  return (
    <div className="checked-here">
      <Seal small />
      <p>{texts.checkedHere(when, formatCount(block))}</p>
    </div>
  );
}
