import type { ReactNode } from "react";
import { useParams } from "wouter";
import { HeadCard } from "../anchor/head-card.tsx";
import { useMeetings } from "../assembly/meeting-queries.ts";
import { useTexts } from "../language/language.tsx";
import { useCommunity } from "../registry/community.ts";
import { Fold } from "../shell/fold.tsx";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { Differences } from "./differences.tsx";
import { HeadsPart } from "./heads-part.tsx";
import { useIntegrity } from "./integrity.ts";
import { KindsTable } from "./kinds-table.tsx";
import { OutsidePart } from "./outside-part.tsx";
import { OwnChecks } from "./own-checks.tsx";
import { RedactionList } from "./redaction-list.tsx";
import { Sentence } from "./sentence.tsx";
import "../style/verdict.css";
import "../style/notice.css";
import "../style/audit.css";

function Body(props: { community: string }): ReactNode {
  const { audit } = useTexts("audit");
  const { community } = props;
  const integrity = useIntegrity(community);
  const meetings = useMeetings(community);
  if (integrity.isPending || meetings.isPending) return <Loading tall />;
  if (integrity.isError) {
    return <ProblemView error={integrity.error} onRetry={() => void integrity.refetch()} />;
  }
  const { last, kinds } = integrity.data;
  return (
    <>
      <Sentence integrity={integrity.data} />
      <Fold title={audit.what.title}>
        {audit.what.lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </Fold>
      {last && last.findings.length > 0 && <Differences community={community} last={last} />}
      <OwnChecks community={community} meetings={meetings.data ?? []} />
      <KindsTable kinds={kinds} last={last} />
      <HeadsPart community={community} />
      <OutsidePart community={community} />
      <RedactionList community={community} />
    </>
  );
}

/** Whether everything still is as it was recorded, for whoever has never seen a hash. */
export default function AuditPage(): ReactNode {
  const { audit } = useTexts("audit");
  const { community: id = "" } = useParams<{ community: string }>();
  const community = useCommunity(id);
  if (community.isPending) return <Loading tall />;
  if (community.isError) {
    return <ProblemView error={community.error} onRetry={() => void community.refetch()} />;
  }
  const { name, log } = community.data;
  const head = log.root && { size: log.anchoredSize, root: log.root };
  return (
    <Page title={audit.title} over={name}>
      <Body community={id} />
      {head && log.key && <HeadCard community={id} head={head} logKey={log.key} />}
    </Page>
  );
}
