import type { ReactNode } from "react";
import { useTexts } from "../language/language.tsx";
import { useMutation } from "../service/query.ts";
import { ProblemView } from "../shell/problem-view.tsx";
import { Verdict } from "../shell/verdict.tsx";
import type { Meeting } from "./meeting.ts";
import { verdictOf } from "./report-parts.ts";
import { ReportView } from "./report-view.tsx";

/** Checks, when asked, that the notice shown is the one in the log, and every document the one that it names. */
export function NoticeProof(props: { community: string; meeting: Meeting }): ReactNode {
  const { notice } = useTexts("notice");
  const { community, meeting } = props;
  const checking = useMutation({
    mutationFn: async () => {
      // What checks is several times the page: it is loaded by who wants to check.
      const { checkNotice } = await import("./notice-check.ts");
      return checkNotice(community, meeting);
    },
  });
  const kind = checking.isSuccess && verdictOf(checking.data.report);
  return (
    <div className="stack screen-only">
      {checking.isPending && <p role="status">{notice.checking}</p>}
      {checking.isError && <ProblemView error={checking.error} />}
      {kind && (
        <>
          <Verdict
            kind={kind}
            sentence={kind === "consistent" ? notice.noticeAgrees : notice.disagree}
            checked={checking.data}
          />
          <ReportView report={checking.data.report} />
        </>
      )}
      <div className="actions">
        <button
          type="button"
          className="button"
          disabled={checking.isPending}
          onClick={() => checking.mutate()}
        >
          {notice.checkNotice}
        </button>
      </div>
    </div>
  );
}
