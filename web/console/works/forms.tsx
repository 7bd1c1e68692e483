import type { ReactNode } from "react";
import { formatCount, formatYuan } from "../../language/format.ts";
import { useTexts } from "../../language/language.tsx";
import { Choice, TextField } from "../../shell/field.tsx";
import { useMeetings } from "../../assembly/meeting-queries.ts";
import { useKept } from "../kept.ts";
import { listMotions } from "./motions.ts";
import { emptyTerms, isWhole, TermsFields, toTerms } from "./terms.tsx";
import { Submit } from "./submit.tsx";
import { readYuan, writeStep, type Terms, type Work } from "./works.ts";

export interface WorkProps {
  readonly community: string;
  readonly work: Work;
}

interface FormProps extends WorkProps {
  /** The last part of the step's address. */
  readonly name: string;
  /** What is the step's own. */
  readonly own?: object | undefined;
  /** Why it cannot be written yet, beside the common parts. */
  readonly why?: string | undefined;
  readonly written: string;
  readonly onDone?: () => void;
  readonly children?: ReactNode;
}

/** A step that is written down at once: its own fields, the common ones, and the last word. */
function StepForm(props: FormProps): ReactNode {
  const { works } = useTexts("works");
  const { community, work, name, own, why, written, onDone, children } = props;
  const { project } = work.story;
  const kept = useKept<Terms>(`${community}.${project}.${name}`, emptyTerms());
  const { draft } = kept;
  return (
    <div data-works-form={name}>
      {children}
      <TermsFields community={community} terms={draft} onChange={kept.change} />
      <Submit
        written={[
          written,
          works.written.terms(draft.date, formatCount(draft.documents.length)),
        ].join("\n")}
        label={works.write}
        why={why ?? (isWhole(draft) ? undefined : works.missing)}
        act={() => writeStep({ community, project }, name, { ...toTerms(draft), ...own })}
        onDone={() => {
          kept.clear();
          onDone?.();
        }}
      />
    </div>
  );
}

/** An offer, with its paper. */
export function QuoteForm(props: WorkProps): ReactNode {
  const { works } = useTexts("works");
  const { community, work } = props;
  const { draft, change, clear } = useKept(`${community}.${work.story.project}.quote`, {
    ...{ supplier: "", amount: "" },
  });
  const amount = readYuan(draft.amount);
  const isNamed = draft.supplier.trim() !== "";
  return (
    <StepForm
      {...props}
      name="quotes"
      own={{ supplier: draft.supplier, amount: String(amount) }}
      why={isNamed && amount !== undefined ? undefined : works.quote.missing}
      written={works.quote.written(draft.supplier, formatYuan(amount ?? 0n))}
      onDone={clear}
    >
      <TextField
        label={works.quote.supplier}
        value={draft.supplier}
        onChange={(supplier) => change({ supplier })}
        required
      />
      <TextField
        label={works.amount}
        value={draft.amount}
        onChange={(typed) => change({ amount: typed })}
        required
      />
    </StepForm>
  );
}

/** Work as it goes on, with photographs. */
export function WorkForm(props: WorkProps): ReactNode {
  const { works } = useTexts("works");
  return <StepForm {...props} name="work" written={works.work.written} />;
}

/** A price audit: what is asked and what is confirmed. */
export function AuditForm(props: WorkProps): ReactNode {
  const { audit } = useTexts("works").works;
  const { community, work } = props;
  const { draft, change, clear } = useKept(`${community}.${work.story.project}.audit`, {
    ...{ auditor: "", claimed: "", confirmed: "" },
  });
  const [claimed, confirmed] = [readYuan(draft.claimed), readYuan(draft.confirmed)];
  const isAudited = draft.auditor.trim() !== "" && claimed !== undefined && confirmed !== undefined;
  return (
    <StepForm
      {...props}
      name="audits"
      own={{ auditor: draft.auditor, claimed: String(claimed), confirmed: String(confirmed) }}
      why={isAudited ? undefined : audit.missing}
      written={audit.written(formatYuan(claimed ?? 0n), formatYuan(confirmed ?? 0n))}
      onDone={clear}
    >
      {(["auditor", "claimed", "confirmed"] as const).map((name) => (
        <TextField
          key={name}
          label={audit[name]}
          value={draft[name]}
          onChange={(value) => change({ [name]: value })}
          required
        />
      ))}
    </StepForm>
  );
}

/** An emergency's payments are put before the owners. */
export function PublicationForm(props: WorkProps): ReactNode {
  const { works } = useTexts("works");
  return <StepForm {...props} name="publication" written={works.publicationWritten} />;
}

/** Which motion decides on a project that was begun without one. */
export function MotionForm(props: WorkProps): ReactNode {
  const { works } = useTexts("works");
  const { community, work } = props;
  const meetings = useMeetings(community).data ?? [];
  const motions = listMotions(meetings);
  const { draft, change, clear } = useKept(`${community}.${work.story.project}.motion`, {
    motion: "",
  });
  const chosen = motions.find(({ id }) => id === draft.motion);
  return (
    <StepForm
      {...props}
      name="motion"
      own={chosen && { meeting: chosen.meeting, motion: chosen.motion }}
      why={chosen ? undefined : works.begin.motionMissing}
      written={works.begin.writtenMotion(chosen?.title ?? "")}
      onDone={clear}
    >
      <Choice
        label={works.begin.motion}
        value={draft.motion}
        options={[["", "—"], ...motions.map(({ id, title }) => [id, title] as const)]}
        onChange={(motion) => change({ motion })}
      />
    </StepForm>
  );
}
