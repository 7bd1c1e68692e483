import { lazy, Suspense, type ReactNode } from "react";
import { Link, useParams } from "wouter";
import { MeetingCards } from "../assembly/meeting-cards.tsx";
import { useMeetings } from "../assembly/meeting-queries.ts";
import { useMessages } from "../language/language.tsx";
import { whenIdle } from "../shell/idle.ts";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { useCommunity } from "../registry/community.ts";

// What checks the log is loaded when what people came for is on the screen.
const HeadCard = lazy(async () => {
  await whenIdle();
  return { default: (await import("../anchor/head-card.tsx")).HeadCard };
});

export function CommunityPage(): ReactNode {
  const { anchor, registry } = useMessages();
  const { community: id = "" } = useParams<{ community: string }>();
  const community = useCommunity(id);
  const meetings = useMeetings(id);
  if (community.isPending) return <Loading tall />;
  if (community.isError) {
    return <ProblemView error={community.error} onRetry={() => void community.refetch()} />;
  }
  const { name, log } = community.data;
  const head = log.root && { size: log.anchoredSize, root: log.root };
  return (
    <Page title={name} over={registry.owners} kind="notice">
      <MeetingCards community={id} />
      <div className="actions">
        <Link className="button" href={`/communities/${id}/enrol`}>
          {registry.enrol}
        </Link>
        <Link className="button" href={`/communities/${id}/fund`}>
          {registry.funds}
        </Link>
        <Link className="button button-quiet" href={`/communities/${id}/audit`}>
          {anchor.audit}
        </Link>
      </div>
      {!meetings.isPending && head && log.key && (
        <Suspense fallback={<Loading />}>
          <HeadCard community={id} head={head} logKey={log.key} />
        </Suspense>
      )}
    </Page>
  );
}
