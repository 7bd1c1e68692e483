import { useMutation, useQueryClient } from "../../service/query.ts";
import { useState, type ReactNode } from "react";
import { formatCount, formatTime } from "../../language/format.ts";
import { useLanguage, useTexts } from "../../language/language.tsx";
import { Loading } from "../../shell/loading.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import { DatesStep } from "./convene-dates.tsx";
import { BasicFields, type DraftProps } from "./convene-fields.tsx";
import { ConvenePreview } from "./convene-preview.tsx";
import { ExtensionList } from "./extension-list.tsx";
import {
  keepDraft,
  proposeMeeting,
  readDraft,
  toFreshDraft,
  toMoment,
  type MeetingDraft,
} from "./draft.ts";
import { MotionFields } from "./motion-fields.tsx";
import type { DeskProps } from "../officers-page.tsx";
import { useProgress } from "../progress.ts";
import { LastWord, Next, Wizard } from "../wizard.tsx";

type StepProps = DraftProps & { readonly onNext: () => void };

function BasicsStep(props: StepProps): ReactNode {
  const { convene } = useTexts("desk").desk;
  const { roll, title, scope, organiser, contact } = props.draft;
  const isWhole = [roll, title, scope, organiser, contact].every((text) => text.trim() !== "");
  return (
    <>
      <BasicFields {...props} />
      <Next onNext={props.onNext} why={isWhole ? undefined : convene.basicsMissing} />
    </>
  );
}

function MotionsStep(props: StepProps): ReactNode {
  const { convene } = useTexts("desk").desk;
  const isWhole = props.draft.motions.every(
    ({ title, text, fund, budget, payee, account }) =>
      title.trim() !== "" &&
      text.trim() !== "" &&
      (fund === "" || [budget, payee, account].every((given) => given.trim() !== "")),
  );
  return (
    <>
      <MotionFields {...props} />
      <Next onNext={props.onNext} why={isWhole ? undefined : convene.motionsMissing} />
    </>
  );
}

/** The last step: what is fixed for good once two have signed. */
function ProposeStep(props: StepProps & { onDone: () => void }): ReactNode {
  const { desk, officers } = useTexts("desk", "officers");
  const { language } = useLanguage();
  const queries = useQueryClient();
  const { community, draft, onDone } = props;
  const [isRead, setRead] = useState(false);
  const proposing = useMutation({
    mutationFn: () => proposeMeeting(community, draft),
    onSuccess: () => {
      onDone();
      queries.invalidateQueries({ queryKey: ["proposals"] });
    },
  });
  const [opens, closes] = [toMoment(draft.opensAt) ?? 0, toMoment(draft.closesAt) ?? 0];
  const lines = desk.convene.written(
    formatCount(draft.motions.length),
    formatTime(opens, language),
    formatTime(closes, language),
  );
  return (
    <>
      <LastWord text={lines} isRead={isRead} onRead={setRead} />
      {proposing.isError && <ProblemView error={proposing.error} />}
      <div className="actions">
        <button
          type="button"
          className="button button-main"
          disabled={!isRead || proposing.isPending}
          onClick={() => proposing.mutate()}
        >
          {officers.convene.submit}
        </button>
      </div>
    </>
  );
}

function Step(props: StepProps & { onDone: () => void }): ReactNode {
  const { convene } = useTexts("desk").desk;
  const { draft, onNext } = props;
  if (draft.step === 0) return <BasicsStep {...props} />;
  if (draft.step === 1) return <MotionsStep {...props} />;
  if (draft.step === 2) return <DatesStep {...props} />;
  if (draft.step === 3) {
    return (
      <>
        <p className="soft">{convene.previewHint}</p>
        <ConvenePreview draft={draft} />
        <Next onNext={onNext} />
      </>
    );
  }
  return <ProposeStep {...props} />;
}

/** The draft of this browser; without one, what the community's rules of procedure say. */
function useMeetingDraft(community: string) {
  const [kept, setKept] = useState(() => readDraft(community));
  const progress = useProgress(community);
  const draft = kept ?? toFreshDraft(progress.data?.rules);
  const change = (part: Partial<MeetingDraft>): void => {
    const next = { ...draft, ...part };
    setKept(next);
    keepDraft(community, next);
  };
  const clear = (): void => {
    setKept(undefined);
    keepDraft(community, undefined);
  };
  // What is typed before the rules are known would keep the usual ones.
  const isLoading = kept === undefined && progress.isPending;
  return { draft, isLoading, change, clear };
}

/** From an idea to a notice that two officers sign; can be left and come back to. */
export function ConveneWizard(props: DeskProps): ReactNode {
  const { desk, officers } = useTexts("desk", "officers");
  const { community } = props;
  const { draft, isLoading, change, clear } = useMeetingDraft(community);
  const [isProposed, setProposed] = useState(false);
  const step = Math.min(draft.step, desk.convene.steps.length - 1);
  if (isLoading) return <Loading />;
  return (
    <>
      <Wizard
        label={officers.convene.title}
        steps={desk.convene.steps}
        now={step}
        onStep={(chosen) => change({ step: chosen })}
      >
        {isProposed && <p className="state state-done">✔ {officers.convene.submitted}</p>}
        <Step
          community={community}
          draft={draft}
          onChange={(part) => {
            setProposed(false);
            change(part);
          }}
          onNext={() => change({ step: step + 1 })}
          onDone={() => {
            clear();
            setProposed(true);
          }}
        />
      </Wizard>
      <ExtensionList community={community} />
    </>
  );
}
