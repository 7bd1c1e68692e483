import { useQuery } from "../service/query.ts";
import type { ReactNode } from "react";
import { useTexts } from "../language/language.tsx";
import { Fold } from "../shell/fold.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { Loading } from "../shell/loading.tsx";
import { documentText, documentUrl } from "../anchor/documents.ts";
import type { Meeting, Motion, MotionResult } from "./meeting.ts";
import { PlanView } from "./plan-view.tsx";
import { MotionResultView } from "./result-view.tsx";
import "../style/meeting.css";

export function isSpecial(item: number): boolean {
  return item >= 6 && item <= 8;
}

/** The text whose hash both officers signed; what the page was given is hashed before it is shown. */
export function MotionText(props: { community: string; sha256: string }): ReactNode {
  const { community, sha256 } = props;
  const text = useQuery({
    queryKey: ["document", community, sha256],
    queryFn: () => documentText(community, sha256),
    staleTime: Infinity,
  });
  if (text.isPending) return <Loading />;
  if (text.isError) return <ProblemView error={text.error} />;
  return <p className="motion-text">{text.data}</p>;
}

function Attachments(props: { community: string; motion: Motion }): ReactNode {
  const { shell, meeting } = useTexts("meeting");
  const { community, motion } = props;
  if (motion.documents.length === 0) return null;
  return (
    <p className="small">
      {meeting.attachments}
      {shell.colon}
      {motion.documents.map(({ name, sha256 }) => (
        <a key={sha256} href={documentUrl(community, sha256)}>
          {name}
        </a>
      ))}
    </p>
  );
}

export function Legal(props: { item: number }): ReactNode {
  const { shell, meeting } = useTexts("meeting");
  const { item } = props;
  return (
    <div className="small soft stack-small">
      <p>
        {meeting.ground(item)}
        {shell.colon}
        {meeting.items[item]}
      </p>
      <p>{isSpecial(item) ? meeting.threshold.special : meeting.threshold.ordinary}</p>
    </div>
  );
}

export function MotionView(props: {
  community: string;
  motion: Motion;
  index: number;
  result: MotionResult | undefined;
}): ReactNode {
  const { cards, meeting } = useTexts("meeting");
  const { community, motion, index, result } = props;
  return (
    <li className="motion">
      <p className="motion-number">{meeting.motion(index + 1)}</p>
      <div className="motion-head">
        <h3>{motion.title}</h3>
        {result && (
          <p className={`outcome outcome-${result.outcome}`}>{cards.outcomes[result.outcome]}</p>
        )}
      </div>
      {result && <MotionResultView item={motion.item} result={result} />}
      {!result && <MotionText community={community} sha256={motion.text} />}
      <Legal item={motion.item} />
      {motion.plan && <PlanView community={community} plan={motion.plan} />}
      <Attachments community={community} motion={motion} />
      {result && (
        <Fold title={meeting.motionText}>
          <MotionText community={community} sha256={motion.text} />
        </Fold>
      )}
    </li>
  );
}

export function MotionList(props: { community: string; meeting: Meeting }): ReactNode {
  const { community, meeting } = props;
  return (
    <ol className="motions">
      {meeting.motions.map((motion, i) => (
        <MotionView
          key={`${i} ${motion.text}`}
          community={community}
          motion={motion}
          index={i}
          result={meeting.result?.[i]}
        />
      ))}
    </ol>
  );
}
