import type { ReactNode } from "react";
import { Link } from "wouter";
import { formatArea, formatCount, formatShare, formatTime } from "../language/format.ts";
import { useLanguage, useMessages } from "../language/language.tsx";
import { Loading } from "../shell/loading.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import type { Meeting } from "./meeting.ts";
import { useMeetings } from "./meeting-queries.ts";
import { stepOf } from "./stage.ts";

function CardFacts(props: { meeting: Meeting }): ReactNode {
  const texts = useMessages();
  const { language } = useLanguage();
  const { meeting } = props;
  const step = stepOf(meeting.stage);
  if (step === "announced") {
    return <p>{texts.cards.stageText.announced(formatTime(meeting.opensAt, language))}</p>;
  }
  const { participation, total } = meeting;
  return (
    <p className="number">
      {texts.cards.takingPart(
        `${formatCount(participation.heads)} ${texts.shell.headsUnit}`,
        formatShare(participation.heads, total.heads),
        `${formatArea(participation.area)} ${texts.shell.areaUnit}`,
        formatShare(participation.area, total.area),
      )}
    </p>
  );
}

function Outcomes(props: { meeting: Meeting }): ReactNode {
  const { shell, cards: texts } = useMessages();
  const { result, motions } = props.meeting;
  if (!result) return null;
  return (
    <ul className="small">
      {result.map(({ outcome }, i) => (
        <li key={motions[i]?.text ?? i}>
          {motions[i]?.title}
          {shell.colon}
          <strong className={`outcome-${outcome}`}>{texts.outcomes[outcome]}</strong>
        </li>
      ))}
    </ul>
  );
}

function MeetingCard(props: { community: string; meeting: Meeting }): ReactNode {
  const texts = useMessages().cards;
  const { community, meeting } = props;
  const step = stepOf(meeting.stage);
  return (
    <li>
      <Link className="card" href={`/communities/${community}/meetings/${meeting.number}`}>
        <p className={step === "voting" ? "state state-done" : "soft small"}>
          {texts.stages[step]}
        </p>
        <h3>{meeting.title}</h3>
        <CardFacts meeting={meeting} />
        <Outcomes meeting={meeting} />
      </Link>
    </li>
  );
}

function CardList(props: {
  title: string;
  community: string;
  meetings: readonly Meeting[];
}): ReactNode {
  const { title, community, meetings } = props;
  if (meetings.length === 0) return null;
  return (
    <section className="section">
      <h2>{title}</h2>
      <ul className="cards">
        {meetings.map((meeting) => (
          <MeetingCard key={meeting.number} community={community} meeting={meeting} />
        ))}
      </ul>
    </section>
  );
}

// What an owner can act on comes first.
const URGENCY: Record<Meeting["stage"], number> = {
  voting: 0,
  preliminary: 1,
  paper: 2,
  counting: 2,
  announced: 3,
  final: 4,
};

export function MeetingCards(props: { community: string }): ReactNode {
  const { registry } = useMessages();
  const meetings = useMeetings(props.community);
  if (meetings.isPending) return <Loading tall />;
  if (meetings.isError) {
    return <ProblemView error={meetings.error} onRetry={() => void meetings.refetch()} />;
  }
  if (meetings.data.length === 0) return <p className="empty">{registry.noMeetings}</p>;
  const sorted = meetings.data.toSorted(
    (a, b) => URGENCY[a.stage] - URGENCY[b.stage] || b.number - a.number,
  );
  const { community } = props;
  return (
    <>
      <CardList
        title={registry.underway}
        community={community}
        meetings={sorted.filter(({ stage }) => stage !== "final")}
      />
      <CardList
        title={registry.finished}
        community={community}
        meetings={sorted.filter(({ stage }) => stage === "final")}
      />
    </>
  );
}
