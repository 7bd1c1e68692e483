import type { ReactNode } from "react";
import { MAX_MOTIONS } from "../../protocol/assembly/sheet.ts";
import { useAllMessages } from "../language/language.tsx";
import { Choice, TextArea, TextField } from "../shell/field.tsx";
import type { DraftProps } from "./convene-form.tsx";
import { EMPTY_MOTION, type MotionDraft } from "./meeting-draft.ts";
import { PlanFields } from "./plan-fields.tsx";

function useItems(): (readonly [string, string])[] {
  const { meeting } = useAllMessages();
  return meeting.items.flatMap((name, item) =>
    item === 0 ? [] : [[String(item), `${item}. ${name}`] as const],
  );
}

function OneMotion(props: {
  index: number;
  motion: MotionDraft;
  onChange: (motion: MotionDraft) => void;
  onRemove: (() => void) | undefined;
}): ReactNode {
  const { convene } = useAllMessages().officers;
  const items = useItems();
  const { index, motion, onChange, onRemove } = props;
  return (
    <fieldset className="motion-form">
      <legend>{convene.motion(index + 1)}</legend>
      <TextField
        label={convene.motionTitle}
        value={motion.title}
        onChange={(title) => onChange({ ...motion, title })}
        required
      />
      <TextArea
        label={convene.motionText}
        value={motion.text}
        onChange={(text) => onChange({ ...motion, text })}
        required
      />
      <Choice
        label={convene.item}
        value={motion.item}
        options={items}
        onChange={(item) => onChange({ ...motion, item })}
      />
      <PlanFields motion={motion} onChange={onChange} />
      {onRemove && (
        <button type="button" className="button button-quiet" onClick={onRemove}>
          {convene.removeMotion}
        </button>
      )}
    </fieldset>
  );
}

export function MotionFields({ draft, onChange }: DraftProps): ReactNode {
  const { convene } = useAllMessages().officers;
  const { motions } = draft;
  return (
    <div className="section">
      {motions.map((motion, i) => (
        <OneMotion
          key={i}
          index={i}
          motion={motion}
          onChange={(changed) => onChange({ motions: motions.with(i, changed) })}
          onRemove={
            motions.length > 1
              ? () => onChange({ motions: motions.filter((_, at) => at !== i) })
              : undefined
          }
        />
      ))}
      {motions.length < MAX_MOTIONS && (
        <div className="actions">
          <button
            type="button"
            className="button"
            onClick={() => onChange({ motions: [...motions, EMPTY_MOTION] })}
          >
            {convene.addMotion}
          </button>
        </div>
      )}
    </div>
  );
}
