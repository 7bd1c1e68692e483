// First: schemas settle how they work when they are made.
import "../service/schemas.ts";
import { useState, type ReactNode } from "react";
import { Link, useParams } from "wouter";
import { receiptNumber } from "../../protocol/assembly/receipt.ts";
import { fromAreaE4 } from "../../protocol/registry/area.ts";
import { formatCount } from "../language/format.ts";
import { useTexts } from "../language/language.tsx";
import { useCommunity, type Community } from "../registry/community.ts";
import { OwnerSignIn } from "../registry/owner-sign-in.tsx";
import { OwnEntry } from "../registry/own-entry.tsx";
import { Choice } from "../shell/field.tsx";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { stepOf } from "./stage.ts";
import type { Meeting } from "./meeting.ts";
import { useMeeting } from "./meeting-queries.ts";
import { DisputeMaker } from "./dispute-maker.tsx";
import { OwnProof } from "./own-proof.tsx";
import { useOwn, type OwnBallot, type OwnPaper, type OwnStanding } from "./own-votes.ts";

interface Ballot {
  readonly vote: OwnBallot | OwnPaper;
  readonly origin: "own" | "paper";
}

function BallotLine(props: Ballot): ReactNode {
  const { mine, meeting } = useTexts("mine", "meeting");
  const { vote, origin } = props;
  const state = mine.states[vote.state] ?? vote.state;
  const fate = vote.code === undefined ? undefined : (meeting.codes[vote.code] ?? mine.counted);
  return (
    <li className="stored" data-own-ballot={origin}>
      <div>
        <p>
          {meeting.origins[origin]} · {state}
          {vote.batch !== undefined && ` · ${mine.batch(formatCount(vote.batch))}`}
          {fate && ` · ${fate}`}
        </p>
        <p className="soft small mono">{receiptNumber(vote.leaf)}</p>
      </div>
    </li>
  );
}

/** What the service has recorded; the proof below does not rest on it. */
function Ballots(props: { standing: OwnStanding; objectTo: string }): ReactNode {
  const { mine } = useTexts("mine");
  const { ballots, paper } = props.standing;
  const all: Ballot[] = [
    ...ballots.map((vote) => ({ vote, origin: "own" as const })),
    ...paper.map((vote) => ({ vote, origin: "paper" as const })),
  ];
  return (
    <section className="section stack">
      <h2>{mine.ballots}</h2>
      {all.length === 0 ? (
        <p>{mine.none}</p>
      ) : (
        <ul className="cards">
          {all.map((ballot, i) => (
            <BallotLine key={`${ballot.vote.leaf} ${i}`} {...ballot} />
          ))}
        </ul>
      )}
      <p className="soft small">
        {mine.wrong} <Link href={props.objectTo}>{mine.object}</Link>
      </p>
    </section>
  );
}

/** One file for each flat: the line of another one says nothing about it. */
function FlatDispute(props: {
  community: string;
  meeting: number;
  own: NonNullable<OwnStanding["own"]>;
}): ReactNode {
  const { dispute } = useTexts("dispute");
  const { community, meeting, own } = props;
  const [chosen, setChosen] = useState("");
  const { unit, area, salt } = own.lines.find((line) => line.unit === chosen) ?? own.lines[0]!;
  const line = { unit, area: fromAreaE4(area), voter: own.voter, salt };
  const options = own.lines.map((each) => [each.unit, each.unit] as const);
  return (
    <>
      {options.length > 1 && (
        <Choice label={dispute.unit} value={unit} options={options} onChange={setChosen} />
      )}
      <DisputeMaker
        key={unit}
        community={community}
        complaint={{ kind: "noBallot", meeting, line }}
      />
    </>
  );
}

function OnRoll(props: {
  community: Community;
  meeting: Meeting;
  standing: OwnStanding;
}): ReactNode {
  const { mine } = useTexts("mine");
  const { community, meeting, standing } = props;
  const { own, keyId } = standing;
  if (!own) return <p className="problem">{mine.notOnRoll}</p>;
  const here = `/communities/${community.id}/meetings/${meeting.number}`;
  return (
    <>
      <OwnEntry registry={community.registry} own={own} keyId={keyId} />
      <Ballots standing={standing} objectTo={`${here}/talk`} />
      {stepOf(meeting.stage) !== "announced" && (
        <OwnProof community={community} meeting={meeting.number} standing={{ ...standing, own }} />
      )}
      {stepOf(meeting.stage) !== "announced" && own.lines.length > 0 && (
        <FlatDispute community={community.id} meeting={meeting.number} own={own} />
      )}
    </>
  );
}

function Mine(props: { community: Community; meeting: Meeting }): ReactNode {
  const { mine, registry } = useTexts("mine");
  const { community, meeting } = props;
  const own = useOwn({ community: community.id, meeting: meeting.number, roll: meeting.roll });
  if (own.isPending) return <Loading tall />;
  if (own.isError) return <ProblemView error={own.error} onRetry={() => void own.refetch()} />;
  const { data } = own;
  if (!("kind" in data)) return <OnRoll community={community} meeting={meeting} standing={data} />;
  if (data.kind === "signIn") {
    return <OwnerSignIn kept={data.kept} onChanged={() => void own.refetch()} />;
  }
  return (
    <div className="problem">
      <p className="problem-what">{mine.noKey}</p>
      <p>{mine.noKeyCure}</p>
      <div className="actions">
        <Link className="button button-main" href={`/communities/${community.id}/enrol`}>
          {registry.enrol}
        </Link>
      </div>
    </div>
  );
}

export default function MinePage(): ReactNode {
  const { mine } = useTexts("mine");
  const { community: id = "", meeting: number = "" } = useParams<{
    community: string;
    meeting: string;
  }>();
  const community = useCommunity(id);
  const meeting = useMeeting(id, Number(number));
  if (meeting.isError) {
    return <ProblemView error={meeting.error} onRetry={() => void meeting.refetch()} />;
  }
  if (community.isError) {
    return <ProblemView error={community.error} onRetry={() => void community.refetch()} />;
  }
  if (meeting.isPending || community.isPending) return <Loading tall />;
  const back = `/communities/${id}/meetings/${number}`;
  return (
    <Page title={mine.title} over={<Link href={back}>{meeting.data.title}</Link>}>
      <p className="lead">{mine.intro}</p>
      <Mine community={community.data} meeting={meeting.data} />
    </Page>
  );
}
