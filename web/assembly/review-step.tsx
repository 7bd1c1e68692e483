import type { ReactNode } from "react";
import type { SignedAnswer } from "../../protocol/assembly/sheet.ts";
import { formatArea } from "../language/format.ts";
import { useTexts } from "../language/language.tsx";
import type { Seated } from "../registry/seat.ts";
import { ProblemView } from "../shell/problem-view.tsx";
import { SignedText, toTypedText } from "../shell/signed-text.tsx";
import { toSheet } from "./cast.ts";
import { useStepFocus } from "./motion-step.tsx";
import type { Booth, CastPhase } from "./use-cast.ts";

interface ReviewProps {
  readonly booth: Booth;
  readonly seated: Seated;
  readonly answers: readonly SignedAnswer[];
  readonly phase: CastPhase;
  readonly error: unknown;
  readonly onChange: (step: number) => void;
  readonly onSign: () => void;
}

function ChosenAnswers({ booth, answers, phase, onChange }: ReviewProps): ReactNode {
  const { shell, vote } = useTexts("vote");
  return (
    <ol className="choices">
      {booth.meeting.motions.map((motion, i) => {
        const answer = answers[i];
        return (
          <li key={`${i} ${motion.text}`}>
            <div>
              <p>{motion.title}</p>
              <p className="choice-answer">{answer && vote.choices[answer]}</p>
            </div>
            <button
              type="button"
              className="button button-quiet"
              disabled={phase !== "choosing"}
              aria-label={`${vote.change}${shell.colon}${motion.title}`}
              onClick={() => onChange(i)}
            >
              {vote.change}
            </button>
          </li>
        );
      })}
    </ol>
  );
}

export function ReviewStep(props: ReviewProps): ReactNode {
  const { shell, vote } = useTexts("vote");
  const heading = useStepFocus();
  const { booth, seated, answers, phase, error, onSign } = props;
  const count = booth.meeting.motions.length + 1;
  return (
    <section className="stack">
      <p className="step-count">{vote.step(count, count)}</p>
      <h2 ref={heading} tabIndex={-1}>
        {vote.review}
      </h2>
      <ChosenAnswers {...props} />
      <p>{vote.asHeads("1", formatArea(seated.areaE4))}</p>
      <p className="soft">{vote.signedText}</p>
      <SignedText typed={toTypedText(toSheet(booth.domain, booth.meeting.number, answers))} />
      {error !== undefined && <ProblemView error={error} />}
      <div className="actions">
        <button
          type="button"
          className="button button-main"
          disabled={phase !== "choosing"}
          onClick={onSign}
        >
          {vote.sign}
        </button>
      </div>
      <p className="soft small">
        {vote.againText}
        {shell.gap}
        {vote.conflict[booth.meeting.conflict]}
      </p>
    </section>
  );
}
