import type { ReactNode } from "react";
import { ANSWER, type Answer } from "../../../protocol/assembly/sheet.ts";
import type { Meeting } from "../../assembly/meeting.ts";
import { useTexts } from "../../language/language.tsx";
import { Choice } from "../../shell/field.tsx";

export interface PaperProps {
  readonly community: string;
  readonly meeting: Meeting;
}

export const blankAnswers = (meeting: Meeting): readonly Answer[] =>
  meeting.motions.map(() => "blank");

const ANSWERS = Object.keys(ANSWER) as Answer[];

/** A teller's reading of one sheet, motion by motion. */
export function PaperAnswers(props: {
  meeting: Meeting;
  answers: readonly Answer[];
  onChange: (answers: readonly Answer[]) => void;
}): ReactNode {
  const { officers, vote } = useTexts("officers", "vote");
  const { meeting, answers, onChange } = props;
  const words: Record<Answer, string> = { ...vote.choices, blank: officers.paper.blank };
  return (
    <div className="section">
      {meeting.motions.map((motion, i) => (
        <Choice<Answer>
          key={`${i} ${motion.text}`}
          label={motion.title}
          value={answers[i] ?? "blank"}
          options={ANSWERS.map((answer) => [answer, words[answer]])}
          onChange={(answer) => onChange(answers.with(i, answer))}
        />
      ))}
    </div>
  );
}
