import { useQuery } from "../service/query.ts";
import type { ReactNode } from "react";
import { Link, Redirect } from "wouter";
import { useMessages } from "../language/language.tsx";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { communitiesQuery } from "../registry/community.ts";

function Communities(props: { communities: readonly { id: string; name: string }[] }): ReactNode {
  const { registry } = useMessages();
  const { communities } = props;
  if (communities.length === 0) {
    return (
      <p className="empty">
        <strong>{registry.noCommunities}</strong>
        {registry.noCommunitiesCure} <Link href="/setup">{registry.setUp}</Link>
      </p>
    );
  }
  return (
    <ul className="cards">
      {communities.map(({ id, name }) => (
        <li key={id}>
          <Link className="card" href={`/communities/${id}`}>
            <h3>{name}</h3>
          </Link>
        </li>
      ))}
    </ul>
  );
}

export function CommunitiesPage(): ReactNode {
  const { registry, shell } = useMessages();
  const answer = useQuery(communitiesQuery);
  if (answer.isPending) return <Loading tall />;
  // An installation with one community has no use for a list of one.
  const [only, ...others] = answer.data?.items ?? [];
  if (only && others.length === 0) return <Redirect to={`/communities/${only.id}`} replace />;
  return (
    <Page title={registry.communities} over={shell.motto}>
      {answer.isError ? (
        <ProblemView error={answer.error} onRetry={() => void answer.refetch()} />
      ) : (
        <Communities communities={answer.data.items} />
      )}
    </Page>
  );
}
