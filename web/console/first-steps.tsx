import type { ReactNode } from "react";
import { useMeetings } from "../assembly/meeting-queries.ts";
import { formatCount } from "../language/format.ts";
import { useTexts } from "../language/language.tsx";
import { Loading } from "../shell/loading.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import type { DeskProps, Tab } from "./officers-page.tsx";
import { useProgress, type Progress } from "./progress.ts";

const STEPS = ["officers", "roll", "letters", "keys", "meeting"] as const;
type Step = (typeof STEPS)[number];

/** Where a step is taken. */
const TABS: Record<Step, Tab> = {
  officers: "officers",
  roll: "roll",
  letters: "keys",
  keys: "keys",
  meeting: "convene",
};

/** What has come of each step so far, in figures, and whether that is enough. */
function useStanding(
  progress: Progress,
  meetings: number,
): Record<Step, readonly [boolean, string]> {
  const { standing } = useTexts("founding").founding.start;
  const { officers, roll, letters, waiting, bound } = progress;
  const tellers = officers["teller"] ?? 0;
  const isFrozen = roll?.state === "frozen";
  const voters = roll ? formatCount(roll.voters) : "0";
  return {
    officers: [tellers >= 2, standing.officers(formatCount(tellers))],
    roll: [isFrozen, roll ? standing.roll(voters, isFrozen) : standing.noRoll],
    letters: [letters > 0, standing.letters(formatCount(letters), voters)],
    keys: [bound > 0 && waiting === 0, standing.keys(formatCount(bound), formatCount(waiting))],
    meeting: [meetings > 0, standing.meetings(formatCount(meetings))],
  };
}

function StepLine(props: {
  step: Step;
  standing: readonly [isDone: boolean, text: string];
  isNext: boolean;
  onTab: (tab: Tab) => void;
}): ReactNode {
  const { start } = useTexts("founding").founding;
  const { step, standing, isNext, onTab } = props;
  const [isDone, text] = standing;
  const [title, why, button] = start.steps[step];
  return (
    <li
      className="task stack"
      data-step={step}
      data-done={isDone}
      {...(isNext ? { "aria-current": "step" as const } : {})}
    >
      <h3>
        {isDone ? "✔" : "○"} {title}
      </h3>
      <p>{why}</p>
      <p className={isDone ? "state state-done" : "state"}>{text}</p>
      <div className="actions">
        <button
          type="button"
          className={isNext ? "button button-main" : "button"}
          onClick={() => onTab(TABS[step])}
        >
          {button}
        </button>
      </div>
    </li>
  );
}

function StepList(props: {
  progress: Progress;
  meetings: number;
  onTab: (tab: Tab) => void;
}): ReactNode {
  const standing = useStanding(props.progress, props.meetings);
  // Tellers can wait: they are needed for paper only.
  const next = STEPS.find((step) => step !== "officers" && !standing[step][0]);
  return (
    <ol className="tasks">
      {STEPS.map((step) => (
        <StepLine
          key={step}
          step={step}
          standing={standing[step]}
          isNext={step === next}
          onTab={props.onTab}
        />
      ))}
    </ol>
  );
}

/** The way to the first meeting: what is done, what comes next, and why. */
export function FirstSteps(props: DeskProps): ReactNode {
  const { start } = useTexts("founding").founding;
  const progress = useProgress(props.community);
  const meetings = useMeetings(props.community);
  if (progress.isPending || meetings.isPending) return <Loading tall />;
  if (progress.isError) return <ProblemView error={progress.error} />;
  return (
    <section className="section">
      <h2>{start.title}</h2>
      <p className="lead">{start.intro}</p>
      <StepList
        progress={progress.data}
        meetings={meetings.data?.length ?? 0}
        onTab={props.onTab}
      />
    </section>
  );
}
