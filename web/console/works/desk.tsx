// First: schemas settle how they work when they are made.
import "../../service/schemas.ts";
import type { ReactNode } from "react";
import { useLocation, useSearch } from "wouter";
import { useProjects, type Project } from "../../fund/project-queries.ts";
import { ProjectGlance } from "../../fund/project-glance.tsx";
import { formatCount, formatDay } from "../../language/format.ts";
import { useLanguage, useTexts } from "../../language/language.tsx";
import { Fold } from "../../shell/fold.tsx";
import { Loading } from "../../shell/loading.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import type { DeskProps } from "../officers-page.tsx";
import { BeginWizard } from "./begin.tsx";
import { WorksChain } from "./chain.tsx";
import { nextOf, whyNotOf } from "./next.ts";
import { WorksProject } from "./project.tsx";
import { useOpenWorks, type Work } from "./works.ts";
import "../../style/project.css";

/** The project that the address names, so that it can be left and come back to; `new` is one that is begun. */
function useChosen(): readonly [string, (chosen: string) => void] {
  const [path, navigate] = useLocation();
  const chosen = new URLSearchParams(useSearch()).get("project") ?? "";
  return [chosen, (next) => navigate(next === "" ? path : `${path}?project=${next}`)];
}

/** What is next, and for whom. */
function NextWords(props: DeskProps & { work: Work }): ReactNode {
  const { works, registry } = useTexts("works");
  const { desk, work } = props;
  const next = nextOf(work, Date.now() / 1000);
  return (
    <ul>
      {next.map((step) => {
        const { what, roles, milestone } = step;
        const part = milestone === undefined ? undefined : work.story.milestones[milestone];
        const who = roles.map((role) => registry.roles[role] ?? role).join("、");
        const isMine = whyNotOf(step, desk.officer) === undefined;
        return (
          <li key={`${what} ${milestone ?? ""}`} className={isMine ? "state" : "soft"}>
            {works.next[what]}
            {part && ` · ${part.title}`}
            {who !== "" && ` · ${works.whose(who)}`}
          </li>
        );
      })}
    </ul>
  );
}

interface ListProps extends DeskProps {
  readonly onOpen: (project: string) => void;
}

function OneProject(props: ListProps & { project: Project; work: Work | undefined }): ReactNode {
  const { works, projects } = useTexts("works", "projects");
  const { language } = useLanguage();
  const { project, work, onOpen } = props;
  return (
    <li className="task stack" data-work={project.project}>
      <h3>{project.title}</h3>
      <p className="soft">
        {works.number(formatCount(project.project))} · {projects.stages[project.stage]} ·{" "}
        {formatDay(project.lastOn, language)}
      </p>
      <ProjectGlance glance={project.glance} />
      {work && <NextWords {...props} work={work} />}
      <div className="actions">
        <button type="button" className="button" onClick={() => onOpen(String(project.project))}>
          {works.open}
        </button>
      </div>
    </li>
  );
}

function ProjectList(props: ListProps): ReactNode {
  const { works, projects } = useTexts("works", "projects");
  const { community } = props;
  const all = useProjects(community);
  const open = useOpenWorks(community);
  if (all.isPending) return <Loading tall />;
  if (all.isError) return <ProblemView error={all.error} onRetry={() => void all.refetch()} />;
  const workOf = ({ project }: Project): Work | undefined =>
    open.data?.find(({ story }) => story.project === project);
  const lineOf = (project: Project): ReactNode => (
    <OneProject key={project.project} {...props} project={project} work={workOf(project)} />
  );
  const running = all.data.filter(({ stage }) => stage !== "settled");
  const settled = all.data.filter(({ stage }) => stage === "settled");
  return (
    <section className="section">
      <h2>{projects.title}</h2>
      {running.length === 0 && <p className="empty">{works.noneOpen}</p>}
      <ul className="tasks">{running.map(lineOf)}</ul>
      {settled.length > 0 && (
        <Fold title={works.settled(formatCount(settled.length))}>
          <ul className="tasks">{settled.map(lineOf)}</ul>
        </Fold>
      )}
    </section>
  );
}

/** Projects from plan to payment: what is next for whom, begun, written, signed and paid here. */
export function WorksDesk(props: DeskProps): ReactNode {
  const { works } = useTexts("works");
  const { community, desk } = props;
  const [chosen, choose] = useChosen();
  const { roles } = desk.officer;
  if (chosen !== "") {
    return (
      <>
        <div className="actions">
          <button type="button" className="button button-quiet" onClick={() => choose("")}>
            {works.back}
          </button>
        </div>
        {chosen === "new" ? (
          <BeginWizard community={community} onDone={(project) => choose(String(project))} />
        ) : (
          <WorksProject key={chosen} {...props} project={Number(chosen)} />
        )}
      </>
    );
  }
  return (
    <>
      <p className="soft">{works.intro}</p>
      {roles.includes("committee") && (
        <div className="actions">
          <button type="button" className="button button-main" onClick={() => choose("new")}>
            {works.begin.open}
          </button>
        </div>
      )}
      <ProjectList {...props} onOpen={choose} />
      {roles.some((role) => ["registrar", "committee"].includes(role)) && (
        <WorksChain community={community} />
      )}
    </>
  );
}
