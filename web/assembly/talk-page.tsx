import { useState, type ReactNode } from "react";
import { Link, useParams } from "wouter";
import { useTexts } from "../language/language.tsx";
import { findOwnerKey } from "../registry/me.ts";
import { useQuery } from "../service/query.ts";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import type { Meeting } from "./meeting.ts";
import { useMeeting } from "./meeting-queries.ts";
import { speak, useTalk, type Talk, type TalkPlace } from "./talk.ts";
import { TalkForm } from "./talk-form.tsx";
import { TalkList } from "./talk-list.tsx";
import "../style/talk.css";

function KindChoice(props: {
  kind: Talk["kind"];
  onKind: (kind: Talk["kind"]) => void;
}): ReactNode {
  const { talk } = useTexts("talk");
  return (
    <fieldset className="talk-kinds">
      <legend className="field-label">{talk.what}</legend>
      {(["question", "objection"] as const).map((kind) => (
        <label key={kind} className="talk-kind">
          <input
            type="radio"
            name="kind"
            checked={kind === props.kind}
            onChange={() => props.onKind(kind)}
          />
          {talk.kinds[kind]}
        </label>
      ))}
    </fieldset>
  );
}

/** Objections are possible only while the result is preliminary; questions always. */
function OwnerForm(props: { place: TalkPlace; meeting: Meeting }): ReactNode {
  const { talk } = useTexts("talk");
  const { place, meeting } = props;
  const canObject = meeting.stage === "preliminary";
  const [chosen, setKind] = useState<Talk["kind"]>("objection");
  const kind = canObject ? chosen : "question";
  return (
    <>
      {canObject && <KindChoice kind={kind} onKind={setKind} />}
      <TalkForm
        label={talk.text[kind]}
        hint={talk.publicHint}
        send={talk.send[kind]}
        onSend={(text) => speak(place, kind, text)}
      />
    </>
  );
}

function Ask(props: { place: TalkPlace; meeting: Meeting; isOwner: boolean }): ReactNode {
  const { talk, registry } = useTexts("talk");
  const { place, meeting, isOwner } = props;
  return (
    <section className="section screen-only">
      <h2>{talk.ask}</h2>
      {isOwner ? (
        <OwnerForm place={place} meeting={meeting} />
      ) : (
        <div className="note stack">
          <p>{talk.ownersOnly}</p>
          <p>
            <Link href={`/communities/${place.community}/enrol`}>{registry.enrol}</Link>
          </p>
        </div>
      )}
    </section>
  );
}

/** Undefined until it is known whether this browser keeps an owner's key; where it cannot tell, it keeps none. */
function useIsOwner(community: string): boolean | undefined {
  const key = useQuery({
    queryKey: ["owner-key", community],
    queryFn: async () => (await findOwnerKey(community)) !== undefined,
  });
  return key.isError ? false : key.data;
}

export default function TalkPage(): ReactNode {
  const { talk } = useTexts("talk");
  const { community = "", meeting: number = "" } = useParams<{
    community: string;
    meeting: string;
  }>();
  const place = { community, meeting: Number(number) };
  const meeting = useMeeting(community, place.meeting);
  const items = useTalk(place);
  const isOwner = useIsOwner(community);
  // All at once: what comes one after the other pushes what is read already.
  if (meeting.isPending || items.isPending || isOwner === undefined) return <Loading tall />;
  if (meeting.isError) {
    return <ProblemView error={meeting.error} onRetry={() => void meeting.refetch()} />;
  }
  const back = `/communities/${community}/meetings/${number}`;
  return (
    <Page title={talk.title} over={<Link href={back}>{meeting.data.title}</Link>}>
      <p className="lead">{talk.intro}</p>
      <Ask place={place} meeting={meeting.data} isOwner={isOwner} />
      <section className="section">
        <h2>{talk.said}</h2>
        {items.isError ? (
          <ProblemView error={items.error} onRetry={() => void items.refetch()} />
        ) : (
          <TalkList items={items.data} />
        )}
      </section>
    </Page>
  );
}
