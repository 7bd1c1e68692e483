import { useMutation, useQueryClient } from "../service/query.ts";
import { useState, type FormEvent, type ReactNode } from "react";
import { useAllMessages } from "../language/language.tsx";
import { Choice, TextField } from "../shell/field.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import {
  EMPTY_DRAFT,
  keepDraft,
  proposeMeeting,
  readDraft,
  type MeetingDraft,
} from "./meeting-draft.ts";
import { MotionFields } from "./motion-fields.tsx";
import type { DeskProps } from "./officers-page.tsx";
import { useRolls } from "./rolls.ts";

export interface DraftProps {
  readonly draft: MeetingDraft;
  readonly onChange: (change: Partial<MeetingDraft>) => void;
}

type TextName = Exclude<keyof MeetingDraft, "motions" | "conflict" | "invalid" | "roll">;

function DraftField(props: DraftProps & { name: TextName; type?: string }): ReactNode {
  const { convene } = useAllMessages().officers;
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

function RollField({ draft, onChange, community }: DraftProps & { community: string }): ReactNode {
  const { convene } = useAllMessages().officers;
  const rolls = useRolls(community).data ?? [];
  const options = rolls.map(({ roll, scope }) => [String(roll), `${roll}. ${scope}`] as const);
  return (
    <Choice
      label={convene.roll}
      value={draft.roll}
      options={[["", "—"], ...options]}
      onChange={(roll) => onChange({ roll })}
    />
  );
}

function RuleFields(props: DraftProps): ReactNode {
  const { convene } = useAllMessages().officers;
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

function Fields(props: DraftProps & { community: string }): ReactNode {
  return (
    <>
      <DraftField {...props} name="title" />
      <RollField {...props} />
      <DraftField {...props} name="scope" />
      <div className="field-row section">
        <DraftField {...props} name="organiser" />
        <DraftField {...props} name="contact" />
      </div>
      <div className="field-row section">
        <DraftField {...props} name="opensAt" type="datetime-local" />
        <DraftField {...props} name="closesAt" type="datetime-local" />
      </div>
      <MotionFields {...props} />
      <RuleFields {...props} />
    </>
  );
}

export function ConveneForm(props: DeskProps): ReactNode {
  const { convene } = useAllMessages().officers;
  const { community } = props;
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => readDraft(community));
  const change = (part: Partial<MeetingDraft>): void => {
    const next = { ...draft, ...part };
    setDraft(next);
    keepDraft(community, next);
  };
  const proposing = useMutation({
    mutationFn: () => proposeMeeting(community, draft),
    onSuccess: () => {
      keepDraft(community, undefined);
      setDraft(EMPTY_DRAFT);
      return queries.invalidateQueries({ queryKey: ["proposals"] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    proposing.mutate();
  };
  return (
    <form className="section" onSubmit={submit}>
      <h2>{convene.title}</h2>
      <p className="soft">{convene.kept}</p>
      <Fields draft={draft} onChange={change} community={community} />
      {proposing.isError && <ProblemView error={proposing.error} />}
      {proposing.isSuccess && <p className="state state-done">✔ {convene.submitted}</p>}
      <div className="actions">
        <button type="submit" className="button button-main" disabled={proposing.isPending}>
          {convene.submit}
        </button>
      </div>
    </form>
  );
}
