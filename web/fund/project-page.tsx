import type { ReactNode } from "react";
import { Link, useParams } from "wouter";
import { documentUrl } from "../anchor/documents.ts";
import { verdictOf } from "../assembly/report-parts.ts";
import { ReportView } from "../assembly/report-view.tsx";
import { formatCount, formatYuan } from "../language/format.ts";
import { useTexts } from "../language/language.tsx";
import { communityPath } from "../registry/community.ts";
import { useMutation } from "../service/query.ts";
import { Facts } from "../shell/facts.tsx";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { Verdict } from "../shell/verdict.tsx";
import { ProjectGlance } from "./project-glance.tsx";
import { useProject, type ProjectStory } from "./project-queries.ts";
import { ProjectSteps } from "./project-steps.tsx";

interface StoryProps {
  readonly community: string;
  readonly story: ProjectStory;
}

/** By what right it is done: the motion with its count, or the emergency's ground. */
function Ground(props: StoryProps): ReactNode {
  const { projects } = useTexts("projects");
  const { community, story } = props;
  const { route, ground, motion, published } = story;
  if (route === "emergency") {
    return (
      <p>
        {projects.withoutVote(projects.grounds[ground ?? ""] ?? "")}{" "}
        {published ? projects.published : projects.notPublished}
      </p>
    );
  }
  if (!motion) return <p>{projects.noMotion}</p>;
  const at = `/communities/${community}/meetings/${motion.meeting}`;
  return (
    <p>
      {projects.decidedBy} <Link href={at}>{motion.title}</Link>
      {" · "}
      {motion.outcome ? (projects.outcomes[motion.outcome] ?? motion.outcome) : projects.counting}
      {motion.outcome && (
        <>
          {" · "}
          <Link href={`${at}/recount`}>{projects.recount}</Link>
        </>
      )}
    </p>
  );
}

function Plan(props: StoryProps): ReactNode {
  const { projects } = useTexts("projects");
  const { community, story } = props;
  const { plan } = story;
  if (!plan) return null;
  const rows: [string, ReactNode][] = [
    [projects.fund, projects.funds[plan.fund]],
    [projects.payee, projects.payeeText(plan.payee.name, plan.payee.accountTail)],
    [
      projects.scope,
      <a key="scope" href={documentUrl(community, plan.scope.sha256)}>
        {projects.units(formatCount(plan.scope.units))}
      </a>,
    ],
  ];
  return <Facts rows={rows} />;
}

function Milestones(props: { milestones: ProjectStory["milestones"] }): ReactNode {
  const { projects } = useTexts("projects");
  if (props.milestones.length === 0) return null;
  return (
    <section className="section">
      <h2>{projects.milestones}</h2>
      <ol className="project-parts">
        {props.milestones.map(({ milestone, title, amount, accepted, paid }) => (
          <li key={milestone}>
            <span>{title}</span> {projects.atMost(formatYuan(amount))}
            {" · "}
            {paid === 0n ? projects.accepted[String(accepted)] : projects.paidOf(formatYuan(paid))}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Proof(props: StoryProps): ReactNode {
  const { projects, notice } = useTexts("projects", "notice");
  const { community, story } = props;
  const checking = useMutation({
    mutationFn: async () => {
      // What checks is several times the page: it is loaded by who wants to check.
      const { checkProject } = await import("./project-check.ts");
      return checkProject(community, story);
    },
  });
  const kind = checking.isSuccess ? verdictOf(checking.data.report) : undefined;
  return (
    <section className="section stack screen-only">
      <h2>{projects.check}</h2>
      <p>{projects.checkWhat}</p>
      {checking.isError && <ProblemView error={checking.error} />}
      {kind && (
        <>
          <Verdict
            kind={kind}
            sentence={kind === "consistent" ? projects.agrees : notice.disagree}
            checked={checking.data}
          />
          <ReportView report={checking.data!.report} />
        </>
      )}
      <div className="actions">
        <button
          type="button"
          className="button button-main"
          disabled={checking.isPending}
          onClick={() => checking.mutate()}
        >
          {projects.checkNow}
        </button>
        <a
          className="button"
          href={communityPath(community, `/fund/projects/${story.project}/bundle`)}
          download
        >
          {projects.evidence}
        </a>
      </div>
    </section>
  );
}

function Story(props: StoryProps): ReactNode {
  const { projects } = useTexts("projects");
  const { community, story } = props;
  return (
    <>
      <p className="lead">
        <strong>{projects.stages[story.stage]}</strong>
      </p>
      <ProjectGlance glance={story.glance} />
      <Ground {...props} />
      <Plan {...props} />
      <Milestones milestones={story.milestones} />
      <section className="section">
        <h2>{projects.story}</h2>
        <ProjectSteps community={community} steps={story.story} />
      </section>
      <Proof {...props} />
    </>
  );
}

/** A project from plan to payment, for everybody. */
export default function ProjectPage(): ReactNode {
  const { projects } = useTexts("projects");
  const { community = "", project = "" } = useParams<{ community: string; project: string }>();
  const story = useProject(community, Number(project));
  if (story.isPending) return <Loading tall />;
  if (story.isError) {
    return <ProblemView error={story.error} onRetry={() => void story.refetch()} />;
  }
  const back = `/communities/${community}/fund/projects`;
  return (
    <Page title={story.data.title} over={<Link href={back}>{projects.title}</Link>}>
      <Story community={community} story={story.data} />
    </Page>
  );
}
