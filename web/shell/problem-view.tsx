import type { ReactNode } from "react";
import { useMessages } from "../language/language.tsx";
import { toProblem } from "../service/problem.ts";

/** What went wrong, what to do about it, and the code to tell someone who can help. */
export function ProblemView(props: { error: unknown; onRetry?: () => void }): ReactNode {
  const { shell, problems } = useMessages();
  const problem = toProblem(props.error);
  const text = problems.byCode[problem.code] ?? problems.fallback;
  return (
    <div className="problem" role="alert">
      <p className="problem-what">{text.what}</p>
      <p>{text.cure}</p>
      <p className="problem-code">{shell.code(problem.code)}</p>
      {props.onRetry && (
        <button type="button" className="button" onClick={props.onRetry}>
          {shell.retry}
        </button>
      )}
    </div>
  );
}
