import { useEffect, useRef, useState, type ReactNode } from "react";
import type { SignedAnswer } from "../../protocol/assembly/sheet.ts";
import { Link } from "wouter";
import { useTexts } from "../language/language.tsx";
import { Fold } from "../shell/fold.tsx";
import type { Motion } from "./meeting.ts";
import { MotionText } from "./motion-view.tsx";

const ANSWERS: readonly SignedAnswer[] = ["for", "against", "abstain"];

interface StepProps {
  readonly community: string;
  readonly motion: Motion;
  /** Where one goes who does not want to vote now. */
  readonly leaveTo: string;
  readonly step: number;
  readonly count: number;
  readonly answer: SignedAnswer | undefined;
  readonly onAnswer: (answer: SignedAnswer) => void;
  readonly onStep: (step: number) => void;
}

/** The way back, and the way on where a choice was made before; a choice itself goes on. */
function StepButtons({ step, answer, onStep, leaveTo }: StepProps): ReactNode {
  const { vote } = useTexts("vote");
  return (
    <div className="actions">
      {answer !== undefined && (
        <button type="button" className="button" onClick={() => onStep(step + 1)}>
          {vote.next}
        </button>
      )}
      {step === 0 ? (
        <Link className="button button-quiet" href={leaveTo}>
          {vote.leave}
        </Link>
      ) : (
        <button type="button" className="button button-quiet" onClick={() => onStep(step - 1)}>
          {vote.previous}
        </button>
      )}
    </div>
  );
}

/** The heading of a step takes the focus, so that a screen reader says where one is. */
export function useStepFocus(): React.RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    scrollTo(0, 0);
  }, []);
  return heading;
}

/** A press meant for the step before must not choose here: somebody may press twice. */
const SETTLE_MILLISECONDS = 400;

function useSettled(): boolean {
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), SETTLE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, []);
  return isSettled;
}

export function MotionStep(props: StepProps): ReactNode {
  const { vote, meeting } = useTexts("vote", "meeting");
  const isSettled = useSettled();
  const heading = useStepFocus();
  const { community, motion, step, count, answer, onAnswer } = props;
  return (
    <section>
      <p className="step-count">{vote.step(step + 1, count + 1)}</p>
      <h2 ref={heading} tabIndex={-1}>
        {motion.title}
      </h2>
      <Fold title={meeting.motionText}>
        <MotionText community={community} sha256={motion.text} />
      </Fold>
      <p className="soft">{vote.chooseHint}</p>
      <div className="options" role="group" aria-label={vote.choose}>
        {ANSWERS.map((option) => (
          <button
            type="button"
            className="option"
            key={option}
            aria-pressed={answer === option}
            disabled={!isSettled}
            onClick={() => onAnswer(option)}
          >
            {vote.choices[option]}
          </button>
        ))}
      </div>
      <StepButtons {...props} />
    </section>
  );
}
