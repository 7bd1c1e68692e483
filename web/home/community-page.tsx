import type { ReactNode } from "react";
import { Link, useParams } from "wouter";
import { HeadCard } from "../anchor/head-card.tsx";
import { MeetingCards } from "../assembly/meeting-cards.tsx";
import { useMeetings } from "../assembly/meeting-queries.ts";
import { useMessages } from "../language/language.tsx";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { useCommunity } from "../registry/community.ts";

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
      {/* What checks the log is loaded behind what people came for. */}
      {!meetings.isPending && head && log.key && (
        <HeadCard community={id} head={head} logKey={log.key} />
      )}
    </Page>
  );
}
