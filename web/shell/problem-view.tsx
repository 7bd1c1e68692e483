import { useEffect, useState, type ReactNode } from "react";
import { useLanguage, useMessages } from "../language/language.tsx";
import { findTexts, loadTexts } from "../language/texts.ts";
import type { ProblemText } from "../messages/zh/problems.ts";
import { toProblem } from "../service/problem.ts";

/** What is said of a code. The many rarer ones are a file of their own; until it comes, and without a connection, it is said in general. */
function useWords(code: string): ProblemText {
  const { problems } = useMessages();
  const { language } = useLanguage();
  const [, setCome] = useState<unknown>();
  const common = problems.byCode[code];
  useEffect(() => {
    if (!common) loadTexts(language, "refusals").then(setCome, () => undefined);
  }, [common, language]);
  return common ?? findTexts(language, "refusals")?.refusals[code] ?? problems.fallback;
}

/** What went wrong, what to do about it, and the code to tell someone who can help. */
export function ProblemView(props: { error: unknown; onRetry?: () => void }): ReactNode {
  const { shell } = useMessages();
  const { code } = toProblem(props.error);
  const [what, cure] = useWords(code);
  return (
    <div className="problem" role="alert" data-problem={code}>
      <p className="problem-what">{what}</p>
      <p>{cure}</p>
      <p className="problem-code">{shell.code(code)}</p>
      {props.onRetry && (
        <button type="button" className="button" onClick={props.onRetry}>
          {shell.retry}
        </button>
      )}
    </div>
  );
}
