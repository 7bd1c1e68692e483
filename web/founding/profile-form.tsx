import { useMutation } from "../service/query.ts";
import { useState, type FormEvent, type ReactNode } from "react";
import { useTexts } from "../language/language.tsx";
import { Choice, TextArea, TextField } from "../shell/field.tsx";
import { Fold } from "../shell/fold.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { USUAL_RULES, type Founding, type MeetingRules, type Profile } from "./founding.ts";

interface RulesProps {
  readonly rules: MeetingRules;
  readonly onChange: (rules: MeetingRules) => void;
}

const DAYS = ["noticeDays", "paperDays", "revealDays", "objectionDays"] as const;

/** What the rules of procedure say: drafts of meetings begin with it. */
function RulesFields({ rules, onChange }: RulesProps): ReactNode {
  const { convene } = useTexts("officers").officers;
  return (
    <>
      <div className="field-row section">
        {DAYS.map((name) => (
          <TextField
            key={name}
            label={convene[name]}
            type="number"
            value={String(rules[name])}
            onChange={(days) =>
              onChange({ ...rules, [name]: Math.max(0, Math.trunc(Number(days))) })
            }
            required
          />
        ))}
      </div>
      <div className="field-row section">
        <Choice
          label={convene.conflict}
          value={rules.conflict}
          options={[
            ["newestFirst", convene.conflicts.newestFirst],
            ["oldestFirst", convene.conflicts.oldestFirst],
            ["paperFirst", convene.conflicts.paperFirst],
          ]}
          onChange={(conflict) => onChange({ ...rules, conflict })}
        />
        <Choice
          label={convene.invalid}
          value={rules.invalid}
          options={[
            ["participates", convene.invalids.participates],
            ["ignored", convene.invalids.ignored],
          ]}
          onChange={(invalid) => onChange({ ...rules, invalid })}
        />
      </div>
      <TextField
        label={convene.source}
        value={rules.source}
        onChange={(source) => onChange({ ...rules, source })}
      />
    </>
  );
}

const toLines = (text: string): string[] =>
  text
    .split(/[\n,，、;；]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** As the service takes it: part of the community's address. */
const ID = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])$/;

interface Draft {
  readonly id: string;
  readonly name: string;
  readonly district: string;
  readonly buildings: string;
  readonly rules: MeetingRules;
}

const toDraft = (founding: Founding | undefined): Draft => ({
  id: founding?.id ?? "",
  name: founding?.name ?? "",
  district: founding?.district ?? "",
  buildings: founding?.buildings.join("\n") ?? "",
  rules: founding?.rules ?? USUAL_RULES,
});

function Fields(props: {
  draft: Draft;
  isNew: boolean;
  onChange: (change: Partial<Draft>) => void;
}): ReactNode {
  const { profile } = useTexts("founding").founding;
  const { draft, isNew, onChange } = props;
  return (
    <>
      <TextField
        label={profile.name}
        value={draft.name}
        onChange={(name) => onChange({ name })}
        required
      />
      {isNew && (
        <TextField
          label={profile.id}
          hint={profile.idHint(location.origin)}
          value={draft.id}
          onChange={(id) => onChange({ id: id.trim().toLowerCase() })}
          required
        />
      )}
      <TextField
        label={profile.district}
        hint={profile.districtHint}
        value={draft.district}
        onChange={(district) => onChange({ district })}
      />
      <TextArea
        label={profile.buildings}
        value={draft.buildings}
        onChange={(buildings) => onChange({ buildings })}
      />
      <p className="soft small">{profile.buildingsHint}</p>
      <div className="section">
        <Fold title={profile.rules}>
          <p className="soft small">{profile.rulesHint}</p>
          <RulesFields rules={draft.rules} onChange={(rules) => onChange({ rules })} />
        </Fold>
      </div>
    </>
  );
}

/** What is said of the community: its name, where it lies, its buildings, its rules. */
export function ProfileForm(props: {
  founding?: Founding | undefined;
  onSave: (id: string, profile: Profile) => Promise<void>;
}): ReactNode {
  const { profile } = useTexts("founding").founding;
  const { founding, onSave } = props;
  const [draft, setDraft] = useState(() => toDraft(founding));
  const saving = useMutation({
    mutationFn: () => onSave(draft.id, { ...draft, buildings: toLines(draft.buildings) }),
  });
  const isNew = founding === undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form className="section" onSubmit={submit}>
      <Fields
        draft={draft}
        isNew={isNew}
        onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
      />
      {saving.isError && <ProblemView error={saving.error} />}
      {saving.isSuccess && <p className="state state-done">✔ {profile.saved}</p>}
      <div className="actions">
        <button
          type="submit"
          className="button button-main"
          disabled={saving.isPending || !ID.test(draft.id)}
        >
          {isNew ? profile.begin : profile.save}
        </button>
      </div>
    </form>
  );
}
