import { useMutation } from "../../service/query.ts";
import type { ReactNode } from "react";
import { MAX_MOTIONS } from "../../../protocol/assembly/sheet.ts";
import { useTexts } from "../../language/language.tsx";
import { Choice, TextArea, TextField } from "../../shell/field.tsx";
import { isSpecial } from "../../assembly/motion-view.tsx";
import { FileChoice } from "../../shell/file-choice.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import type { DraftProps } from "./convene-fields.tsx";
import { attachDocument, EMPTY_MOTION, type MotionDraft } from "./draft.ts";
import { PlanFields } from "./plan-fields.tsx";

function useItems(): (readonly [string, string])[] {
  const { meeting } = useTexts("meeting");
  return meeting.items.flatMap((name, item) =>
    item === 0 ? [] : [[String(item), `${item}. ${name}`] as const],
  );
}

/** Documents that the motion refers to: public, and fixed by their hash in the notice. */
function Documents(props: {
  community: string;
  motion: MotionDraft;
  onChange: (motion: MotionDraft) => void;
}): ReactNode {
  const { convene } = useTexts("desk").desk;
  const { community, motion, onChange } = props;
  const attaching = useMutation({
    mutationFn: (file: File) => attachDocument(community, file),
    onSuccess: ({ name, sha256 }) =>
      onChange({ ...motion, documents: [...motion.documents, { name, sha256 }] }),
  });
  return (
    <div className="section">
      <p className="field-label">{convene.documents}</p>
      <p className="field-hint">{convene.documentsHint}</p>
      <ul>
        {motion.documents.map((attached) => (
          <li key={attached.sha256}>
            {attached.name}{" "}
            <button
              type="button"
              className="button button-quiet"
              onClick={() =>
                onChange({
                  ...motion,
                  documents: motion.documents.filter((other) => other !== attached),
                })
              }
            >
              {convene.removeDocument}
            </button>
          </li>
        ))}
      </ul>
      {attaching.isError && <ProblemView error={attaching.error} />}
      <div className="actions">
        <FileChoice
          label={convene.attach}
          accept="application/pdf,image/jpeg,image/png"
          onFile={(_, file) => attaching.mutate(file)}
        />
      </div>
    </div>
  );
}

/** What the item asks for, so that nobody is surprised at the count. */
function Threshold(props: { item: string }): ReactNode {
  const { threshold } = useTexts("meeting").meeting;
  const words = isSpecial(Number(props.item)) ? threshold.special : threshold.ordinary;
  return <p className="note">{words}</p>;
}

function OneMotion(props: {
  community: string;
  index: number;
  motion: MotionDraft;
  onChange: (motion: MotionDraft) => void;
  onRemove: (() => void) | undefined;
}): ReactNode {
  const { convene } = useTexts("officers").officers;
  const items = useItems();
  const { community, index, motion, onChange, onRemove } = props;
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
      <Threshold item={motion.item} />
      <Documents community={community} motion={motion} onChange={onChange} />
      <PlanFields motion={motion} onChange={onChange} />
      {onRemove && (
        <button type="button" className="button button-quiet" onClick={onRemove}>
          {convene.removeMotion}
        </button>
      )}
    </fieldset>
  );
}

export function MotionFields({ community, draft, onChange }: DraftProps): ReactNode {
  const { convene } = useTexts("officers").officers;
  const { motions } = draft;
  return (
    <div className="section">
      {motions.map((motion, i) => (
        <OneMotion
          key={i}
          community={community}
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
