import type { ReactNode } from "react";
import { Link, useParams } from "wouter";
import { formatDay } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { useCommunity } from "../registry/community.ts";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { ProjectGlance } from "./project-glance.tsx";
import { useProjects, type Project } from "./project-queries.ts";

function ProjectCard(props: { community: string; project: Project }): ReactNode {
  const { projects } = useTexts("projects");
  const { language } = useLanguage();
  const { community, project } = props;
  const { title, stage, route, contractor, lastOn, glance } = project;
  const way = route === "emergency" ? projects.emergency : projects.voted;
  return (
    <li data-project={project.project}>
      <Link className="card" href={`/communities/${community}/fund/projects/${project.project}`}>
        <h2>{title}</h2>
        <p>
          <strong>{projects.stages[stage]}</strong> · {way}
          {contractor && ` · ${contractor}`} · {formatDay(lastOn, language)}
        </p>
        <ProjectGlance glance={glance} />
      </Link>
    </li>
  );
}

function List(props: { community: string }): ReactNode {
  const { projects } = useTexts("projects");
  const items = useProjects(props.community);
  if (items.isPending) return <Loading tall />;
  if (items.isError) {
    return <ProblemView error={items.error} onRetry={() => void items.refetch()} />;
  }
  if (items.data.length === 0) return <p className="empty">{projects.none}</p>;
  return (
    <ul className="cards section">
      {items.data.map((project) => (
        <ProjectCard key={project.project} community={props.community} project={project} />
      ))}
    </ul>
  );
}

/** All projects of a community, the newest first. */
export default function ProjectListPage(): ReactNode {
  const { projects } = useTexts("projects");
  const { community = "" } = useParams<{ community: string }>();
  const { data } = useCommunity(community);
  return (
    <Page
      title={projects.title}
      over={<Link href={`/communities/${community}`}>{data?.name ?? projects.back}</Link>}
    >
      <p className="lead">{projects.intro}</p>
      <List community={community} />
    </Page>
  );
}
