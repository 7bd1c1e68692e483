import { useEffect, useMemo, type ReactNode } from "react";
import { Link, useParams } from "wouter";
import { defaultNode } from "../chain/node-address.ts";
import { useTexts } from "../language/language.tsx";
import { useCommunity } from "../registry/community.ts";
import { FileChoice } from "../shell/file-choice.tsx";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { Verdict } from "../shell/verdict.tsx";
import { keepCheck } from "./kept-check.ts";
import { useMeeting } from "./meeting-queries.ts";
import { verdictOf } from "./report-parts.ts";
import { ReportView } from "./report-view.tsx";
import type { RecountResult } from "./recount-messages.ts";
import { RecountFigures } from "./recount-figures.tsx";
import { RecountRunning } from "./recount-running.tsx";
import { shownOfRecount } from "./shown.ts";
import { useRecount } from "./use-recount.ts";

function useKeptVerdict(community: string, meeting: number, result: RecountResult): void {
  const kind = verdictOf(result.report);
  const { at, block, from } = result;
  const { recount } = result.report;
  const shown = useMemo(() => recount && shownOfRecount(recount), [recount]);
  useEffect(() => {
    // A file may be of any community: it says nothing about what the service shows.
    if (kind !== "consistent" || block === undefined || from !== "service" || !shown) return;
    void keepCheck(community, meeting, { at, block, shown });
  }, [community, meeting, kind, at, block, from, shown]);
}

function Finished(props: { community: string; meeting: number; result: RecountResult }): ReactNode {
  const { check } = useTexts("check");
  const { community, meeting, result } = props;
  useKeptVerdict(community, meeting, result);
  const kind = verdictOf(result.report);
  const { at, block } = result;
  const sentences = {
    consistent: check.recount.agree,
    inconsistent: check.recount.disagree,
    pending: check.recount.pending,
    unverifiable: check.recount.cannot,
    uncounted: check.recount.cannot,
  };
  const seconds = (result.milliseconds / 1000).toFixed(1);
  return (
    <>
      <Verdict
        kind={kind}
        sentence={sentences[kind]}
        checked={block === undefined ? undefined : { at, block }}
      />
      <p className="soft small">{check.recount.took(seconds)}</p>
      {result.report.recount && <RecountFigures recount={result.report.recount} />}
      <ReportView report={result.report} />
    </>
  );
}

function RecountBody(props: { community: string; meeting: number }): ReactNode {
  const { check } = useTexts("check");
  const { community, meeting } = props;
  const { recount, start, stop } = useRecount();
  const begin = (): void => {
    const api = `${location.origin}/api`;
    start({ kind: "service", api, node: defaultNode(), community, meeting });
  };
  return (
    <div className="stack">
      <p className="lead">{check.recount.intro}</p>
      {recount.state === "running" && <RecountRunning progress={recount.progress} onStop={stop} />}
      {recount.state === "failed" && <ProblemView error={recount.error} onRetry={begin} />}
      {recount.state === "done" && (
        <Finished community={community} meeting={meeting} result={recount.result} />
      )}
      {recount.state !== "running" && (
        <div className="actions">
          <button type="button" className="button button-main" onClick={begin}>
            {recount.state === "done" ? check.recount.again : check.recount.start}
          </button>
          <FileChoice
            label={check.recount.chooseFile}
            accept="application/zip,.zip"
            onFile={(bytes) => start({ kind: "file", bytes })}
          />
        </div>
      )}
      <p className="soft small">{check.recount.fromFile}</p>
    </div>
  );
}

export default function RecountPage(): ReactNode {
  const { check } = useTexts("check");
  const { community = "", meeting: number = "" } = useParams<{
    community: string;
    meeting: string;
  }>();
  const name = useCommunity(community).data?.name;
  const meeting = useMeeting(community, Number(number));
  if (meeting.isPending) return <Loading tall />;
  const back = `/communities/${community}/meetings/${number}`;
  return (
    <Page title={check.recount.title} over={<Link href={back}>{meeting.data?.title ?? name}</Link>}>
      <RecountBody community={community} meeting={Number(number)} />
    </Page>
  );
}
