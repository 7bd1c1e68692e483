import type { ReactNode } from "react";
import { CHARGE_CATEGORIES, EMERGENCY_GROUNDS } from "../../../protocol/anchor/record/kinds.ts";
import { PlanView } from "../../assembly/plan-view.tsx";
import { useMeetings } from "../../assembly/meeting-queries.ts";
import { useProjects } from "../../fund/project-queries.ts";
import { formatYuan } from "../../language/format.ts";
import { useTexts } from "../../language/language.tsx";
import { Choice, TextField } from "../../shell/field.tsx";
import { Loading } from "../../shell/loading.tsx";
import { useKept, type Kept } from "../kept.ts";
import { Next, Wizard } from "../wizard.tsx";
import { EmergencyFields, isPlanned, usePlanDraft, type KeptPlan } from "./emergency.tsx";
import { listMotions, type PlannedMotion } from "./motions.ts";
import { Submit } from "./submit.tsx";
import { emptyTerms, isWhole, TermsFields, toTerms } from "./terms.tsx";
import { beginProject, writeStep, type Terms } from "./works.ts";
import { toPlan } from "../meeting/draft.ts";

interface BeginDraft extends Terms {
  readonly step: number;
  readonly route: "vote" | "emergency";
  /** Id of the motion; empty where it is linked later. */
  readonly motion: string;
  readonly title: string;
  readonly category: string;
  readonly ground: string;
  /** Its number, where it was begun and the second half could not be written. */
  readonly project: number;
}

const EMPTY: Omit<BeginDraft, keyof Terms> = {
  ...{ step: 0, motion: "", title: "", category: "other", ground: "lift", project: 0 },
  route: "vote",
};

interface StepProps {
  readonly community: string;
  readonly draft: BeginDraft;
  readonly change: Kept<BeginDraft>["change"];
  readonly motions: readonly PlannedMotion[];
  readonly plan: KeptPlan;
}

const chosenOf = ({ motions, draft }: StepProps): PlannedMotion | undefined =>
  motions.find(({ id }) => id === draft.motion);

function MotionChoice(props: StepProps): ReactNode {
  const { works, projects } = useTexts("works", "projects");
  const { community, draft, change, motions } = props;
  const chosen = chosenOf(props);
  const labelOf = ({ title, outcome }: PlannedMotion): string =>
    `${title} · ${outcome ? projects.outcomes[outcome] : projects.counting}`;
  return (
    <>
      <Choice
        label={works.begin.motion}
        value={draft.motion}
        options={[
          ["", works.begin.later],
          ...motions.map((motion) => [motion.id, labelOf(motion)] as const),
        ]}
        onChange={(id) => {
          const title = motions.find((motion) => motion.id === id)?.title ?? draft.title;
          change({ motion: id, title });
        }}
      />
      {chosen && (
        <div className="section" data-adopted={chosen.id}>
          <PlanView community={community} plan={chosen.plan} />
          <p className="soft">{works.begin.bound}</p>
        </div>
      )}
    </>
  );
}

function WayStep(props: StepProps): ReactNode {
  const { works, projects } = useTexts("works", "projects");
  const { draft, change } = props;
  return (
    <>
      <Choice
        label={works.begin.route}
        value={draft.route}
        options={[
          ["vote", works.begin.routes.vote],
          ["emergency", works.begin.routes.emergency],
        ]}
        onChange={(route) => change({ route })}
      />
      {draft.route === "vote" ? (
        <MotionChoice {...props} />
      ) : (
        <>
          <Choice
            label={works.begin.ground}
            value={draft.ground}
            options={EMERGENCY_GROUNDS.map((name) => [name, projects.grounds[name]!] as const)}
            onChange={(ground) => change({ ground })}
          />
          <p className="note">{works.begin.attested}</p>
        </>
      )}
      <Next onNext={() => change({ step: 1 })} />
    </>
  );
}

function DetailsStep(props: StepProps): ReactNode {
  const { works, fund } = useTexts("works", "fund");
  const { community, draft, change, plan } = props;
  const isReady = draft.title.trim() !== "" && isWhole(draft);
  const why =
    draft.route === "emergency" && !isPlanned(plan.draft) ? works.plan.missing : undefined;
  return (
    <>
      <TextField
        label={works.begin.title}
        value={draft.title}
        onChange={(title) => change({ title })}
        required
      />
      <Choice
        label={works.begin.category}
        value={draft.category}
        options={CHARGE_CATEGORIES.map((name) => [name, fund.words.categories[name]] as const)}
        onChange={(category) => change({ category })}
      />
      {draft.route === "emergency" && <EmergencyFields {...plan} />}
      <TermsFields community={community} terms={draft} onChange={change} />
      <Next onNext={() => change({ step: 2 })} why={isReady ? why : works.missing} />
    </>
  );
}

/** Two writes: the second may be tried again alone. */
async function write(props: StepProps): Promise<number> {
  const { community, draft, change, plan } = props;
  const { title, category, ground, route } = draft;
  const terms = toTerms(draft);
  const isEmergency = route === "emergency";
  const chosen = isEmergency ? undefined : chosenOf(props);
  const project =
    draft.project ||
    (await beginProject(community, {
      ...{ ...terms, title, category },
      ...(isEmergency ? { ground } : {}),
      ...(chosen ? { estimate: String(chosen.plan.budget) } : {}),
    }));
  change({ project });
  const place = { community, project };
  if (isEmergency) {
    await writeStep(place, "emergency", { ...terms, plan: toPlan(plan.draft) });
  } else if (chosen) {
    const { meeting, motion } = chosen;
    await writeStep(place, "motion", { ...terms, documents: [], meeting, motion });
  }
  return project;
}

function useWritten(props: StepProps): string {
  const { works, projects } = useTexts("works", "projects");
  const { draft, plan } = props;
  const { title, route, ground, date, documents } = draft;
  const chosen = chosenOf(props);
  const { payee, budget } = chosen?.plan ?? { payee: undefined, budget: 0n };
  const decided =
    route === "emergency"
      ? works.begin.writtenEmergency(projects.grounds[ground]!, plan.draft.payee, plan.draft.budget)
      : chosen
        ? works.begin.writtenAdopted(
            chosen.title,
            projects.payeeText(payee!.name, payee!.accountTail),
            formatYuan(budget),
          )
        : works.begin.writtenLater;
  const terms = works.written.terms(date, String(documents.length));
  return [works.begin.writtenTitle(title), decided, terms].join("\n");
}

function WriteStep(props: StepProps & { onDone: (project: number) => void }): ReactNode {
  const { works } = useTexts("works");
  const written = useWritten(props);
  const { draft, plan, onDone } = props;
  const isMissing = draft.route === "emergency" && !isPlanned(plan.draft);
  return (
    <>
      {draft.project > 0 && <p className="state">{works.begin.half(String(draft.project))}</p>}
      <Submit
        written={written}
        label={works.begin.submit}
        why={isMissing ? works.plan.missing : undefined}
        act={async () => onDone(await write(props))}
      />
    </>
  );
}

function useMotions(community: string) {
  const meetings = useMeetings(community);
  const projects = useProjects(community);
  if (!meetings.data || !projects.data) return undefined;
  const taken = projects.data.map(({ motion }) => motion && `${motion.meeting}-${motion.motion}`);
  return listMotions(meetings.data).filter(({ id }) => !taken.includes(id));
}

/** From an adopted motion, or an emergency, to a project that stands in the log; can be left and come back to. */
export function BeginWizard(props: {
  community: string;
  onDone: (project: number) => void;
}): ReactNode {
  const { works } = useTexts("works");
  const { community, onDone } = props;
  const kept = useKept<BeginDraft>(`${community}.begin`, { ...emptyTerms(), ...EMPTY });
  const plan = usePlanDraft(`${community}.begin.plan`);
  const motions = useMotions(community);
  if (!motions) return <Loading />;
  const { draft, change } = kept;
  const step = { community, draft, change, motions, plan };
  return (
    <Wizard
      label={works.begin.submit}
      steps={works.begin.steps}
      now={draft.step}
      onStep={(chosen) => change({ step: chosen })}
    >
      {draft.step === 0 && <WayStep {...step} />}
      {draft.step === 1 && <DetailsStep {...step} />}
      {draft.step === 2 && (
        <WriteStep
          {...step}
          onDone={(project) => {
            kept.clear();
            plan.clear();
            onDone(project);
          }}
        />
      )}
    </Wizard>
  );
}
