import type { ReactNode } from "react";
import { useTexts } from "../language/language.tsx";
import { useMeetings } from "../assembly/meeting-queries.ts";
import type { Meeting } from "../assembly/meeting.ts";
import { answer, useTalk, type Talk, type TalkPlace } from "../assembly/talk.ts";
import { TalkForm } from "../assembly/talk-form.tsx";
import { TalkList } from "../assembly/talk-list.tsx";
import { Fold } from "../shell/fold.tsx";
import { Loading } from "../shell/loading.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import "../style/talk.css";
import type { DeskProps } from "./officers-page.tsx";

function Reply(props: { place: TalkPlace; item: Talk }): ReactNode {
  const { talk } = useTexts("talk");
  const { place, item } = props;
  return (
    <TalkForm
      label={talk.desk.answer}
      hint={talk.desk.intro}
      send={talk.desk.send}
      onSend={(text) => answer(place, item.record, text)}
    />
  );
}

function MeetingTalk(props: { community: string; meeting: Meeting }): ReactNode {
  const { talk } = useTexts("talk");
  const { community, meeting } = props;
  const place = { community, meeting: meeting.number };
  const items = useTalk(place);
  if (items.isPending) return <Loading />;
  if (items.isError) return <ProblemView error={items.error} />;
  const reply = (item: Talk): ReactNode => <Reply place={place} item={item} />;
  const open = items.data.filter(({ answers }) => answers.length === 0);
  const done = items.data.filter(({ answers }) => answers.length > 0);
  return (
    <section className="section">
      <h2>{meeting.title}</h2>
      {open.length === 0 ? (
        <p className="soft">{talk.desk.none}</p>
      ) : (
        <TalkList items={open} reply={reply} />
      )}
      {done.length > 0 && (
        <Fold title={talk.desk.done}>
          <TalkList items={done} reply={reply} />
        </Fold>
      )}
    </section>
  );
}

/** Questions and objections to every meeting: what waits for an answer first. */
export function TalkDesk(props: DeskProps): ReactNode {
  const meetings = useMeetings(props.community);
  if (meetings.isPending) return <Loading />;
  if (meetings.isError) return <ProblemView error={meetings.error} />;
  return (
    <>
      {meetings.data.map((meeting) => (
        <MeetingTalk key={meeting.number} community={props.community} meeting={meeting} />
      ))}
    </>
  );
}
