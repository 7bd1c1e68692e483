import { useMutation, useQueryClient } from "../../service/query.ts";
import { useState, type ReactNode } from "react";
import { useMeetings } from "../../assembly/meeting-queries.ts";
import type { Meeting } from "../../assembly/meeting.ts";
import { formatTime } from "../../language/format.ts";
import { useLanguage, useTexts } from "../../language/language.tsx";
import { TextArea, TextField } from "../../shell/field.tsx";
import { Fold } from "../../shell/fold.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import { proposeExtension, toMoment } from "./draft.ts";
import { LastWord } from "../wizard.tsx";

/** A later end, before the old one: also two signatures. */
function ExtensionForm(props: { community: string; meeting: Meeting }): ReactNode {
  const { extension } = useTexts("desk").desk;
  const { language } = useLanguage();
  const queries = useQueryClient();
  const { community, meeting } = props;
  const [closesAt, setClosesAt] = useState("");
  const [reason, setReason] = useState("");
  const [isRead, setRead] = useState(false);
  const proposing = useMutation({
    mutationFn: () => proposeExtension(community, meeting.number, { closesAt, reason }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["proposals"] }),
  });
  const later = toMoment(closesAt);
  const isLater = later !== undefined && later > meeting.closesAt;
  return (
    <Fold title={extension.open}>
      <TextField
        label={extension.closesAt}
        type="datetime-local"
        value={closesAt}
        onChange={setClosesAt}
      />
      <TextArea label={extension.reason} value={reason} onChange={setReason} />
      {closesAt !== "" && !isLater && <p className="state">{extension.notLater}</p>}
      {isLater && (
        <LastWord
          text={extension.written(formatTime(later, language))}
          isRead={isRead}
          onRead={setRead}
        />
      )}
      {proposing.isError && <ProblemView error={proposing.error} />}
      {proposing.isSuccess && <p className="state state-done">✔ {extension.proposed}</p>}
      <div className="actions">
        <button
          type="button"
          className="button"
          disabled={!isLater || !isRead || reason.trim() === "" || proposing.isPending}
          onClick={() => proposing.mutate()}
        >
          {extension.propose}
        </button>
      </div>
    </Fold>
  );
}

/** Meetings whose end can still be moved. */
export function ExtensionList(props: { community: string }): ReactNode {
  const { desk, meeting: words } = useTexts("desk", "meeting");
  const { language } = useLanguage();
  const meetings = useMeetings(props.community).data ?? [];
  const open = meetings.filter(({ stage }) => stage === "announced" || stage === "voting");
  if (open.length === 0) return null;
  return (
    <section className="section">
      <h2>{desk.extension.title}</h2>
      <p className="soft">{desk.extension.hint}</p>
      <ul className="tasks">
        {open.map((meeting) => (
          <li className="task stack" key={meeting.number} data-extend={meeting.number}>
            <h3>{meeting.title}</h3>
            <p className="soft">
              {words.closes} {formatTime(meeting.closesAt, language)}
            </p>
            <ExtensionForm community={props.community} meeting={meeting} />
          </li>
        ))}
      </ul>
    </section>
  );
}
