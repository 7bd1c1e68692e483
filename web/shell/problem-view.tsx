import { Suspense, type ReactNode } from "react";
import { useAllMessages, useMessages } from "../language/language.tsx";
import type { ProblemText } from "../messages/zh/problems.ts";
import { toProblem } from "../service/problem.ts";

function Words(props: { text: ProblemText }): ReactNode {
  const [what, cure] = props.text;
  return (
    <>
      <p className="problem-what">{what}</p>
      <p>{cure}</p>
    </>
  );
}

function LaterWords(props: { code: string }): ReactNode {
  const { problems, refusals } = useAllMessages();
  return <Words text={refusals[props.code] ?? problems.fallback} />;
}

/** What went wrong, what to do about it, and the code to tell someone who can help. */
export function ProblemView(props: { error: unknown; onRetry?: () => void }): ReactNode {
  const { shell, problems } = useMessages();
  const { code } = toProblem(props.error);
  const known = problems.byCode[code];
  return (
    <div className="problem" role="alert" data-problem={code}>
      {known ? (
        <Words text={known} />
      ) : (
        <Suspense fallback={<Words text={problems.fallback} />}>
          <LaterWords code={code} />
        </Suspense>
      )}
      <p className="problem-code">{shell.code(code)}</p>
      {props.onRetry && (
        <button type="button" className="button" onClick={props.onRetry}>
          {shell.retry}
        </button>
      )}
    </div>
  );
}
