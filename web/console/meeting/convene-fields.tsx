import type { ReactNode } from "react";
import { useTexts } from "../../language/language.tsx";
import { Choice, TextField } from "../../shell/field.tsx";
import type { MeetingDraft } from "./draft.ts";
import { useRolls } from "../roll/rolls.ts";

export interface DraftProps {
  readonly community: string;
  readonly draft: MeetingDraft;
  readonly onChange: (change: Partial<MeetingDraft>) => void;
}

type TextName = Exclude<keyof MeetingDraft, "motions" | "conflict" | "invalid" | "roll" | "step">;

export function DraftField(props: DraftProps & { name: TextName; type?: string }): ReactNode {
  const { convene } = useTexts("officers").officers;
  const { draft, onChange, name, type } = props;
  const labels: Record<TextName, string> = { ...convene, title: convene.meetingTitle };
  return (
    <TextField
      label={labels[name]}
      value={draft[name]}
      onChange={(value) => onChange({ [name]: value })}
      required
      {...(type ? { type } : {})}
    />
  );
}

function RollField({ draft, onChange, community }: DraftProps): ReactNode {
  const { convene } = useTexts("officers").officers;
  const rolls = useRolls(community).data ?? [];
  const frozen = rolls.filter(({ state }) => state === "frozen");
  const options = frozen.map(({ roll, scope }) => [String(roll), `${roll}. ${scope}`] as const);
  return (
    <Choice
      label={convene.roll}
      value={draft.roll}
      options={[["", "—"], ...options]}
      onChange={(roll) => {
        const scope = frozen.find((known) => String(known.roll) === roll)?.scope ?? "";
        onChange(draft.scope === "" ? { roll, scope } : { roll });
      }}
    />
  );
}

export function BasicFields(props: DraftProps): ReactNode {
  return (
    <>
      <DraftField {...props} name="title" />
      <RollField {...props} />
      <DraftField {...props} name="scope" />
      <div className="field-row section">
        <DraftField {...props} name="organiser" />
        <DraftField {...props} name="contact" />
      </div>
    </>
  );
}

export function RuleFields(props: DraftProps): ReactNode {
  const { convene } = useTexts("officers").officers;
  const { draft, onChange } = props;
  return (
    <>
      <div className="field-row section">
        <DraftField {...props} name="noticeDays" type="number" />
        <DraftField {...props} name="paperDays" type="number" />
        <DraftField {...props} name="revealDays" type="number" />
        <DraftField {...props} name="objectionDays" type="number" />
      </div>
      <div className="field-row section">
        <Choice
          label={convene.conflict}
          value={draft.conflict}
          options={[
            ["newestFirst", convene.conflicts.newestFirst],
            ["oldestFirst", convene.conflicts.oldestFirst],
            ["paperFirst", convene.conflicts.paperFirst],
          ]}
          onChange={(conflict) => onChange({ conflict })}
        />
        <Choice
          label={convene.invalid}
          value={draft.invalid}
          options={[
            ["participates", convene.invalids.participates],
            ["ignored", convene.invalids.ignored],
          ]}
          onChange={(invalid) => onChange({ invalid })}
        />
      </div>
      <DraftField {...props} name="source" />
    </>
  );
}
