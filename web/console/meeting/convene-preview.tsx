import type { ReactNode } from "react";
import { Legal } from "../../assembly/motion-view.tsx";
import { formatTime } from "../../language/format.ts";
import { useLanguage, useTexts } from "../../language/language.tsx";
import { Facts } from "../../shell/facts.tsx";
import { toMoment, type MeetingDraft, type MotionDraft } from "./draft.ts";

function MotionPreview(props: { motion: MotionDraft; index: number }): ReactNode {
  const { meeting, shell } = useTexts("meeting");
  const { motion, index } = props;
  const { fund, budget, payee, chargeScope, documents } = motion;
  return (
    <li className="motion">
      <p className="motion-number">{meeting.motion(index + 1)}</p>
      <div className="motion-head">
        <h3>{motion.title}</h3>
      </div>
      <p className="motion-text">{motion.text}</p>
      <Legal item={Number(motion.item)} />
      {fund !== "" && (
        <Facts
          rows={[
            [meeting.plan.fund, meeting.plan.funds[fund]],
            [meeting.plan.budget, `¥ ${budget}`],
            [meeting.plan.payee, payee],
            [meeting.plan.scope, chargeScope],
          ]}
        />
      )}
      {documents.length > 0 && (
        <p className="small">
          {meeting.attachments}
          {shell.colon}
          {documents.map(({ name }) => name).join(" · ")}
        </p>
      )}
    </li>
  );
}

/** The notice as an owner will read it. */
export function ConvenePreview(props: { draft: MeetingDraft }): ReactNode {
  const { meeting } = useTexts("meeting");
  const { language } = useLanguage();
  const { draft } = props;
  const time = (local: string): string => {
    const at = toMoment(local);
    return at === undefined ? "" : formatTime(at, language);
  };
  return (
    <article className="preview stack" data-preview>
      <h3>{draft.title}</h3>
      <Facts
        rows={[
          [meeting.organiser, draft.organiser],
          [meeting.contact, draft.contact],
          [meeting.scope, draft.scope],
          [meeting.opens, time(draft.opensAt)],
          [meeting.closes, time(draft.closesAt)],
        ]}
      />
      <h3>{meeting.motions}</h3>
      <ol className="motions">
        {draft.motions.map((motion, i) => (
          <MotionPreview key={i} motion={motion} index={i} />
        ))}
      </ol>
    </article>
  );
}
