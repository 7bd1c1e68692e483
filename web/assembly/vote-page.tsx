// First: schemas settle how they work when they are made.
import "../service/schemas.ts";
import { useState, type ReactNode } from "react";
import { Link, useParams } from "wouter";
import type { SignedAnswer } from "../../protocol/assembly/sheet.ts";
import { useTexts } from "../language/language.tsx";
import { useCommunity } from "../registry/community.ts";
import { useSeat, type Seated } from "../registry/seat.ts";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { BoothBar } from "./booth-bar.tsx";
import { MotionStep } from "./motion-step.tsx";
import { ReviewStep } from "./review-step.tsx";
import { CastView } from "./cast-view.tsx";
import { useCast, type Booth } from "./use-cast.ts";
import type { Meeting } from "./meeting.ts";
import { useMeeting } from "./meeting-queries.ts";
import "../style/vote.css";

type Answers = readonly (SignedAnswer | undefined)[];

function isComplete(answers: Answers): answers is readonly SignedAnswer[] {
  return answers.every((answer) => answer !== undefined);
}

/** One motion per screen, then the review; nothing is sent before the signature. */
function BoothSteps(props: { booth: Booth; seated: Seated }): ReactNode {
  const { booth, seated } = props;
  const { meeting, community } = booth;
  const [step, setStep] = useState(0);
  const [answers, setAnswers] = useState<Answers>(() => meeting.motions.map(() => undefined));
  const casting = useCast(booth);
  // One press per motion: the next one follows at once, and all are gone over before signing.
  const choose = (answer: SignedAnswer): void => {
    const chosen = answers.with(step, answer);
    const open = chosen.indexOf(undefined);
    setAnswers(chosen);
    setStep(open === -1 ? chosen.length : open);
  };
  const motion = meeting.motions[step];
  return (
    <div className="booth">
      {casting.ballot ? (
        <CastView ballot={casting.ballot} meeting={meeting} isPromised={casting.phase === "cast"} />
      ) : motion ? (
        <MotionStep
          key={step}
          community={community}
          motion={motion}
          leaveTo={`/communities/${community}/meetings/${meeting.number}`}
          step={step}
          count={meeting.motions.length}
          answer={answers[step]}
          onAnswer={choose}
          onStep={setStep}
        />
      ) : (
        isComplete(answers) && (
          <ReviewStep
            booth={booth}
            seated={seated}
            answers={answers}
            phase={casting.phase}
            error={casting.error}
            onChange={setStep}
            onSign={() => casting.cast(answers)}
          />
        )
      )}
      <BoothBar phase={casting.phase} />
    </div>
  );
}

function Closed(props: { what: string; cure: string; children?: ReactNode }): ReactNode {
  return (
    <div className="problem">
      <p className="problem-what">{props.what}</p>
      <p>{props.cure}</p>
      {props.children}
    </div>
  );
}

function SeatedBooth(props: { community: string; meeting: Meeting; seated: Seated }): ReactNode {
  const chain = useCommunity(props.community);
  if (chain.isPending) return <Loading tall />;
  if (chain.isError)
    return <ProblemView error={chain.error} onRetry={() => void chain.refetch()} />;
  const { community, meeting, seated } = props;
  const { chainId, assembly } = chain.data;
  const { seat, signer } = seated;
  const booth = { community, meeting, domain: { chainId, assembly }, seat, signer };
  return <BoothSteps booth={booth} seated={seated} />;
}

function Door(props: { community: string; meeting: Meeting }): ReactNode {
  const { vote, registry } = useTexts("vote");
  const { community, meeting } = props;
  const seat = useSeat(community, meeting.roll);
  if (meeting.stage !== "voting") return <Closed what={vote.notOpen} cure={vote.notOpenCure} />;
  if (seat.isPending) return <Loading tall />;
  if (seat.isError) return <ProblemView error={seat.error} onRetry={() => void seat.refetch()} />;
  if (seat.data === "noKey") {
    return (
      <Closed what={vote.needKey} cure={vote.needKeyCure}>
        <div className="actions">
          <Link className="button button-main" href={`/communities/${community}/enrol`}>
            {registry.enrol}
          </Link>
        </div>
      </Closed>
    );
  }
  if (seat.data === "notBound") return <Closed what={vote.notBound} cure={vote.notBoundCure} />;
  return <SeatedBooth community={community} meeting={meeting} seated={seat.data} />;
}

export default function VotePage(): ReactNode {
  const { vote } = useTexts("vote");
  const { community = "", meeting: number = "" } = useParams<{
    community: string;
    meeting: string;
  }>();
  const meeting = useMeeting(community, Number(number));
  if (meeting.isPending) return <Loading tall />;
  if (meeting.isError) {
    return <ProblemView error={meeting.error} onRetry={() => void meeting.refetch()} />;
  }
  const back = `/communities/${community}/meetings/${number}`;
  return (
    <Page title={vote.title} over={<Link href={back}>{meeting.data.title}</Link>}>
      <Door community={community} meeting={meeting.data} />
    </Page>
  );
}
