import type { ReactNode } from "react";
import { formatTime } from "../language/format.ts";
import { useLanguage, useMessages } from "../language/language.tsx";
import type { Meeting } from "./meeting.ts";
import { STEPS, stepOf, type Step } from "./stage.ts";

function stageSentence(
  texts: Record<Step, string | ((at: string) => string)>,
  step: Step,
  at: string,
): string {
  const text = texts[step];
  return typeof text === "string" ? text : text(at);
}

function timeOf(meeting: Meeting, step: Step): number {
  if (step === "announced") return meeting.opensAt;
  if (step === "voting") return meeting.closesAt;
  return meeting.finalAt ?? meeting.closesAt;
}

/** 公告 → 表决 → 计票 → 询异 → 生效, and what the current one means. */
export function Stages(props: { meeting: Meeting }): ReactNode {
  const texts = useMessages().cards;
  const { language } = useLanguage();
  const now = stepOf(props.meeting.stage);
  const position = STEPS.indexOf(now);
  return (
    <>
      <ol className="stages">
        {STEPS.map((step, i) => {
          const state = i < position ? "past" : i === position ? "now" : "ahead";
          return (
            <li
              key={step}
              className={`stage stage-${state}`}
              {...(state === "now" ? { "aria-current": "step" as const } : {})}
            >
              {texts.stages[step]}
            </li>
          );
        })}
      </ol>
      <p className="stage-text">
        {stageSentence(texts.stageText, now, formatTime(timeOf(props.meeting, now), language))}
      </p>
    </>
  );
}
