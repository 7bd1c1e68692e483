// First: schemas settle how they work when they are made.
import "../service/schemas.ts";
import { useMemo, type ReactNode } from "react";
import { Link, useParams } from "wouter";
import { bulletinTexts, layBulletin } from "../../protocol/assembly/bulletin/layout.ts";
import { formatCount, formatGroups } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { communityPath } from "../registry/community.ts";
import { useMutation, useQuery } from "../service/query.ts";
import { Blocks } from "../shell/blocks.tsx";
import { Loading } from "../shell/loading.tsx";
import { Page } from "../shell/page.tsx";
import { PrintFoot } from "../shell/print-foot.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { Verdict } from "../shell/verdict.tsx";
import { checkBulletin, loadBulletin, type ShownBulletin } from "./bulletin.ts";
import { verdictOf } from "./report-parts.ts";
import { ReportView } from "./report-view.tsx";
import "../style/notice.css";

interface Place {
  readonly community: string;
  readonly meeting: number;
}

function Proof(props: { place: Place; shown: ShownBulletin }): ReactNode {
  const { notice } = useTexts("notice");
  const { place, shown } = props;
  const { head } = shown;
  const checking = useMutation({ mutationFn: () => checkBulletin(place.community, shown) });
  const kind = checking.isSuccess && verdictOf(checking.data.report);
  return (
    <section className="section stack">
      <h2>{notice.proof}</h2>
      <p className="small">
        {notice.head(formatCount(head.size))}{" "}
        <span className="mono">{formatGroups(head.root)}</span>
      </p>
      <p>{notice.proofHint}</p>
      {checking.isPending && <p role="status">{notice.checking}</p>}
      {checking.isError && <ProblemView error={checking.error} />}
      {kind && (
        <>
          <Verdict
            kind={kind}
            sentence={kind === "consistent" ? notice.agree : notice.disagree}
            checked={checking.data}
          />
          <ReportView report={checking.data.report} />
        </>
      )}
      <div className="actions screen-only">
        <button
          type="button"
          className="button button-main"
          disabled={checking.isPending}
          onClick={() => checking.mutate()}
        >
          {notice.check}
        </button>
        <Link
          className="button"
          href={`/communities/${place.community}/meetings/${place.meeting}/recount`}
        >
          {notice.recount}
        </Link>
      </div>
    </section>
  );
}

function Notice(props: { place: Place; shown: ShownBulletin }): ReactNode {
  const { notice, shell } = useTexts("notice");
  const { language } = useLanguage();
  const { place, shown } = props;
  const blocks = useMemo(() => layBulletin(shown.bulletin, language), [shown, language]);
  const pdf = communityPath(
    place.community,
    `/meetings/${place.meeting}/bulletin.pdf?language=${language}`,
  );
  return (
    <>
      <div className="actions screen-only">
        <a className="button button-main" href={pdf} download>
          {notice.pdf}
        </a>
        <button type="button" className="button" onClick={() => print()}>
          {shell.print}
        </button>
      </div>
      <Blocks blocks={blocks} />
      <Proof place={place} shown={shown} />
      <PrintFoot root={shown.head.root} />
    </>
  );
}

export default function BulletinPage(): ReactNode {
  const { language } = useLanguage();
  const { community = "", meeting = "" } = useParams<{ community: string; meeting: string }>();
  const place = { community, meeting: Number(meeting) };
  const shown = useQuery({
    queryKey: ["bulletin", community, place.meeting],
    queryFn: () => loadBulletin(community, place.meeting),
    staleTime: 60_000,
  });
  if (shown.isPending) return <Loading tall />;
  if (shown.isError) {
    return <ProblemView error={shown.error} onRetry={() => void shown.refetch()} />;
  }
  const { title } = shown.data.bulletin;
  const back = `/communities/${community}/meetings/${meeting}`;
  return (
    <Page
      title={bulletinTexts(language).title}
      over={<Link href={back}>{title}</Link>}
      kind="notice"
    >
      <Notice place={place} shown={shown.data} />
    </Page>
  );
}
