import { useEffect, useRef, type ReactNode } from "react";
import type { SignedAnswer } from "../../protocol/assembly/sheet.ts";
import { Link } from "wouter";
import { useAllMessages } from "../language/language.tsx";
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

function StepButtons({ step, answer, onStep, leaveTo }: StepProps): ReactNode {
  const { vote } = useAllMessages();
  return (
    <div className="actions">
      <button
        type="button"
        className="button button-main"
        disabled={answer === undefined}
        onClick={() => onStep(step + 1)}
      >
        {vote.next}
      </button>
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

export function MotionStep(props: StepProps): ReactNode {
  const { vote, meeting } = useAllMessages();
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
      <fieldset className="options">
        <legend className="visually-hidden">{vote.choose}</legend>
        {ANSWERS.map((option) => (
          <label className="option" key={option}>
            <input
              type="radio"
              name={`motion-${step}`}
              value={option}
              checked={answer === option}
              onChange={() => onAnswer(option)}
            />
            {vote.choices[option]}
          </label>
        ))}
      </fieldset>
      <StepButtons {...props} />
    </section>
  );
}
