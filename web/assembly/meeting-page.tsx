import type { ReactNode } from "react";
import { Link, useParams } from "wouter";
import { formatArea, formatCount, formatTime } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { useCommunity } from "../registry/community.ts";
import { Facts } from "../shell/facts.tsx";
import { Fold } from "../shell/fold.tsx";
import { Figures } from "../shell/figures.tsx";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { PrintFoot } from "../shell/print-foot.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { missingQuorum } from "./margin.ts";
import type { Meeting } from "./meeting.ts";
import { useMeeting } from "./meeting-queries.ts";
import { Documents, OwnersWays, Recount } from "./meeting-more.tsx";
import { MotionList } from "./motion-view.tsx";
import { MyVote } from "./my-vote.tsx";
import { Stages } from "./stages.tsx";
import "../style/vote.css";
import "../style/meeting.css";

const TWO_THIRDS_PERCENT = 200 / 3;

function Participation(props: { meeting: Meeting }): ReactNode {
  const texts = useTexts("meeting").meeting;
  const { participation, total } = props.meeting;
  const missing = missingQuorum(participation, total);
  const isReached = missing.heads === 0n && missing.area === 0n;
  return (
    <section className="section">
      <h2>{texts.participation}</h2>
      <Figures part={participation} whole={total} mark={TWO_THIRDS_PERCENT} />
      <p className={isReached ? "state state-done" : "state"}>
        {isReached
          ? `✔ ${texts.quorumReached}`
          : `… ${texts.quorumMissing(formatCount(missing.heads), formatArea(missing.area))}`}
      </p>
      <p className="soft small">{texts.participationHint}</p>
    </section>
  );
}

function MeetingFacts(props: { meeting: Meeting }): ReactNode {
  const texts = useTexts("meeting").meeting;
  const { language } = useLanguage();
  const { meeting } = props;
  const rows: [string, ReactNode][] = [
    [texts.scope, meeting.scope],
    [texts.notice, formatTime(meeting.noticeAt, language)],
    [texts.opens, formatTime(meeting.opensAt, language)],
    [texts.closes, formatTime(meeting.closesAt, language)],
    [texts.organiser, meeting.organiser],
    [texts.contact, meeting.contact ?? texts.redacted],
  ];
  return (
    <section className="section">
      <Facts rows={rows} />
      {meeting.extended && <p className="note note-amber">{texts.extended}</p>}
    </section>
  );
}

function RollTotals(props: { meeting: Meeting }): ReactNode {
  const texts = useTexts("meeting").meeting;
  return (
    <section className="section">
      <h2>{texts.roll}</h2>
      <Figures part={props.meeting.total} />
      <p className="soft small">{texts.rollHint}</p>
    </section>
  );
}

/** Ballots that were opened and did not count, by reason. */
function Skipped(props: { meeting: Meeting }): ReactNode {
  const texts = useTexts("meeting").meeting;
  const skipped = Object.entries(props.meeting.skipped ?? {}).filter(([, count]) => count > 0);
  if (skipped.length === 0) return null;
  return (
    <Fold title={texts.skippedTitle(formatCount(skipped.reduce((sum, [, n]) => sum + n, 0)))}>
      <ul>
        {skipped.map(([code, count]) => (
          <li key={code}>{texts.skipped(texts.codes[code] ?? code, formatCount(count))}</li>
        ))}
      </ul>
    </Fold>
  );
}

function MeetingBody(props: { community: string; meeting: Meeting }): ReactNode {
  const { shell, meeting: texts } = useTexts("meeting");
  const root = useCommunity(props.community).data?.log.root;
  const { community, meeting } = props;
  const { stage, result } = meeting;
  return (
    <>
      <Stages meeting={meeting} />
      {stage === "voting" && <MyVote community={community} meeting={meeting} />}
      <OwnersWays community={community} meeting={meeting} />
      <MeetingFacts meeting={meeting} />
      <RollTotals meeting={meeting} />
      {stage !== "announced" && !result && <Participation meeting={meeting} />}
      <section className="section">
        <h2>{!result ? texts.motions : stage === "final" ? texts.final : texts.preliminary}</h2>
        <MotionList community={community} meeting={meeting} />
        <Skipped meeting={meeting} />
      </section>
      {stage !== "announced" && <Recount community={community} meeting={meeting} />}
      <Documents community={community} meeting={meeting} />
      <p className="section note">{texts.officialNote}</p>
      <div className="actions screen-only">
        <button type="button" className="button button-quiet" onClick={() => print()}>
          {shell.print}
        </button>
      </div>
      <PrintFoot root={root} />
    </>
  );
}

export default function MeetingPage(): ReactNode {
  const { meeting: number = "", community = "" } = useParams<{
    community: string;
    meeting: string;
  }>();
  const name = useCommunity(community).data?.name ?? "";
  const meeting = useMeeting(community, Number(number));
  if (meeting.isPending) return <Loading tall />;
  if (meeting.isError) {
    return <ProblemView error={meeting.error} onRetry={() => void meeting.refetch()} />;
  }
  return (
    <Page
      title={meeting.data.title}
      over={<Link href={`/communities/${community}`}>{name}</Link>}
      kind="notice"
    >
      <MeetingBody community={community} meeting={meeting.data} />
    </Page>
  );
}
