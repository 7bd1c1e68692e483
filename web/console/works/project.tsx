import type { ReactNode } from "react";
import { Link } from "wouter";
import { ProjectGlance } from "../../fund/project-glance.tsx";
import { formatCount, formatYuan } from "../../language/format.ts";
import { useTexts } from "../../language/language.tsx";
import { Fold } from "../../shell/fold.tsx";
import { Loading } from "../../shell/loading.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import type { DeskProps } from "../officers-page.tsx";
import {
  ApproveForm,
  JudgeForm,
  ReserveForm,
  SettleForm,
  WithdrawForm,
  type ActProps,
} from "./acts.tsx";
import { ClaimWizard } from "./claim.tsx";
import { ContractWizard } from "./contract.tsx";
import { PlanForm } from "./emergency.tsx";
import { AuditForm, MotionForm, PublicationForm, QuoteForm, WorkForm } from "./forms.tsx";
import { WorksHistory } from "./history.tsx";
import { nextOf, TASKS, whyNotOf, type Task } from "./next.ts";
import { useWork, type Work } from "./works.ts";

interface ProjectProps extends DeskProps {
  readonly work: Work;
}

/** Where a step is taken; what is only waited for has no form. */
const FORMS: Record<Task, (props: ActProps) => ReactNode> = {
  motion: MotionForm,
  plan: PlanForm,
  contract: ContractWizard,
  reserve: ReserveForm,
  claim: (props) => <ClaimWizard {...props} milestone={props.next.milestone!} />,
  judge: (props) => <JudgeForm {...props} claim={props.next.claim!} />,
  approve: (props) => <ApproveForm {...props} claim={props.next.claim!} />,
  audit: AuditForm,
  publication: PublicationForm,
  settle: SettleForm,
};

/** Steps whose form tells an officer of another role why it is not his. */
const SHOWN_TO_ALL: ReadonlySet<Task> = new Set(["reserve", "judge", "approve", "settle"]);

function NextStep(props: ActProps & Pick<DeskProps, "onTab">): ReactNode {
  const { works, desk: texts, registry } = useTexts("works", "desk");
  const { work, next, desk, onTab } = props;
  const { what, roles, milestone } = next;
  const part = milestone === undefined ? undefined : work.story.milestones[milestone];
  const who = roles.map((role) => registry.roles[role] ?? role).join("、");
  const reason = whyNotOf(next, desk.officer);
  const task = TASKS.find((name) => name === what);
  const Form = task && (reason === undefined || SHOWN_TO_ALL.has(task)) ? FORMS[task] : undefined;
  return (
    <li className="task stack" data-next={what} data-mine={reason === undefined}>
      <h3>
        {works.next[what]}
        {part && ` · ${part.title}`}
      </h3>
      {who !== "" && <p className="soft">{works.whose(who)}</p>}
      {what === "sign" && (
        <div className="actions">
          <button type="button" className="button" onClick={() => onTab("todo")}>
            {texts.todo.go}
          </button>
        </div>
      )}
      {Form && <Form {...props} />}
      {what === "approve" && (
        <Fold title={works.withdraw.open}>
          <WithdrawForm {...props} claim={next.claim!} />
        </Fold>
      )}
    </li>
  );
}

/** What the chain or an officer refused lately, so that nobody waits for it. */
function Failures(props: { work: Work }): ReactNode {
  const { works, officers, refusals } = useTexts("works", "officers", "refusals");
  const { acts, claims } = props.work.disbursement;
  const kinds: Readonly<Record<string, string>> = officers.kinds;
  const failed = [
    ...acts
      .filter(({ failure }) => failure !== undefined && failure !== "withdrawn")
      .map(({ kind, failure }) => [kinds[kind] ?? kind, failure!] as const),
    ...claims
      .filter(({ failure, state }) => failure !== undefined && state !== "paid")
      .map(({ claim, failure }) => [works.claimNumber(String(claim)), failure!] as const),
  ];
  if (failed.length === 0) return null;
  return (
    <ul>
      {failed.map(([what, failure], i) => (
        <li key={i} className="state">
          ✘ {what}
          {officers.failed} {refusals[failure]?.[0] ?? failure}
        </li>
      ))}
    </ul>
  );
}

function Milestones(props: { work: Work }): ReactNode {
  const { works, projects } = useTexts("works", "projects");
  const { story, disbursement } = props.work;
  if (story.milestones.length === 0) return null;
  const stateOf = (milestone: number): string => {
    const claim = disbursement.claims.findLast((own) => own.milestone === milestone);
    return claim ? works.states[claim.state] : works.states.open;
  };
  return (
    <section className="section">
      <h2>{projects.milestones}</h2>
      <ol className="project-parts">
        {story.milestones.map(({ milestone, title, amount }) => (
          <li key={milestone} data-milestone={milestone}>
            {title} {projects.atMost(formatYuan(amount))} · <strong>{stateOf(milestone)}</strong>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Steps that may be written at any time before the settlement. */
function AnyTime(props: ProjectProps): ReactNode {
  const { works } = useTexts("works");
  const { desk, work } = props;
  if (!desk.officer.roles.includes("committee") || work.story.stage === "settled") return null;
  const isReserved = work.disbursement.reservation !== undefined;
  return (
    <section className="section">
      <h2>{works.anyTime}</h2>
      <Fold title={works.quote.title}>
        <QuoteForm {...props} />
      </Fold>
      {work.story.glance.contracted !== undefined && !isReserved && (
        <Fold title={works.contract.again}>
          <ContractWizard {...props} />
        </Fold>
      )}
      <Fold title={works.work.title}>
        <WorkForm {...props} />
      </Fold>
      <Fold title={works.audit.title}>
        <AuditForm {...props} />
      </Fold>
    </section>
  );
}

function Project(props: ProjectProps): ReactNode {
  const { works, projects } = useTexts("works", "projects");
  const { community, work } = props;
  const { story } = work;
  const next = nextOf(work, Date.now() / 1000);
  const at = `/communities/${community}/fund/projects/${story.project}`;
  return (
    <>
      <h2>{story.title}</h2>
      <p>
        <strong data-stage={story.stage}>{projects.stages[story.stage]}</strong> ·{" "}
        {works.number(formatCount(story.project))} · <Link href={at}>{works.publicPage}</Link>
      </p>
      <ProjectGlance glance={story.glance} />
      <Failures work={work} />
      <section className="section">
        <h2>{works.nextTitle}</h2>
        {next.length === 0 && <p className="empty">{works.nothingNext}</p>}
        <ul className="tasks">
          {next.map((step) => (
            <NextStep
              key={`${step.what} ${step.milestone ?? ""} ${step.claim?.id ?? ""}`}
              {...props}
              next={step}
            />
          ))}
        </ul>
      </section>
      <Milestones work={work} />
      <AnyTime {...props} />
      <WorksHistory community={community} work={work} />
    </>
  );
}

/** One project at the desk: what is next, what may be written, and who did what when. */
export function WorksProject(props: DeskProps & { project: number }): ReactNode {
  const { community, project } = props;
  const work = useWork(community, project);
  if (work.isPending) return <Loading tall />;
  if (work.isError) return <ProblemView error={work.error} onRetry={() => void work.refetch()} />;
  return <Project {...props} work={work.data} />;
}
