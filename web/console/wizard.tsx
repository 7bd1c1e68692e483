import type { ReactNode } from "react";
import { useTexts } from "../language/language.tsx";

/** Steps one after the other; those behind can be gone back to. */
export function Wizard(props: {
  label: string;
  steps: readonly string[];
  now: number;
  onStep: (step: number) => void;
  children: ReactNode;
}): ReactNode {
  const { wizard } = useTexts("desk").desk;
  const { label, steps, now, onStep } = props;
  return (
    <section className="section" aria-label={label} data-wizard-step={now}>
      <ol className="steps">
        {steps.map((step, i) => (
          <li key={step} {...(i === now ? { "aria-current": "step" as const } : {})}>
            {step}
          </li>
        ))}
      </ol>
      <h2>{steps[now]}</h2>
      {props.children}
      {now > 0 && (
        <div className="actions">
          <button type="button" className="button button-quiet" onClick={() => onStep(now - 1)}>
            {wizard.back}
          </button>
        </div>
      )}
      <p className="soft small">{wizard.kept}</p>
    </section>
  );
}

/** On to the next step, or why not yet. */
export function Next(props: { onNext: () => void; why?: string | undefined }): ReactNode {
  const { wizard } = useTexts("desk").desk;
  const { onNext, why } = props;
  return (
    <>
      {why && (
        <p className="state" role="status">
          {why}
        </p>
      )}
      <div className="actions">
        <button
          type="button"
          className="button button-main"
          disabled={why !== undefined}
          onClick={onNext}
        >
          {wizard.next}
        </button>
      </div>
    </>
  );
}

/** What will be written, whom it binds, and that it cannot be withdrawn: to be ticked before it is proposed. */
export function LastWord(props: {
  /** One thing a line. */
  text: string;
  isRead: boolean;
  onRead: (isRead: boolean) => void;
}): ReactNode {
  const { wizard } = useTexts("desk").desk;
  const { text, isRead, onRead } = props;
  return (
    <div className="note note-amber section">
      <p>
        <strong>{wizard.written}</strong>
      </p>
      <ul className="bullets">
        {text.split("\n").map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <label className="tick">
        <input type="checkbox" checked={isRead} onChange={({ target }) => onRead(target.checked)} />
        <span>{wizard.read}</span>
      </label>
    </div>
  );
}
