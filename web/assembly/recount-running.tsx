import type { ReactNode } from "react";
import { formatCount } from "../language/format.ts";
import { useTexts } from "../language/language.tsx";
import type { RecountProgress } from "./recount-messages.ts";

/** How far a recount is: first what is read, then the signatures checked of all that there are. */
export function RecountRunning(props: {
  progress: RecountProgress;
  onStop: () => void;
}): ReactNode {
  const { check } = useTexts("check");
  const { progress } = props;
  const isVerifying = progress.kind === "verifying";
  return (
    <div className="stack">
      <p role="status">{isVerifying ? check.recount.steps.verify : check.recount.steps.load}</p>
      <progress
        className="progress"
        aria-label={check.recount.running}
        {...(isVerifying ? { value: progress.done, max: progress.all } : {})}
      />
      <p className="soft counter">
        {isVerifying
          ? check.recount.signatures(formatCount(progress.done), formatCount(progress.all))
          : check.recount.reads(formatCount(progress.done))}
      </p>
      <button type="button" className="button button-quiet" onClick={props.onStop}>
        {check.recount.stop}
      </button>
    </div>
  );
}
