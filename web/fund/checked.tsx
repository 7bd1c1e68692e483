import type { ReactNode } from "react";
import { verdictOf } from "../assembly/report-parts.ts";
import type { CheckedRecords } from "../assembly/records-check.ts";
import { ReportView } from "../assembly/report-view.tsx";
import { useTexts } from "../language/language.tsx";
import { Verdict } from "../shell/verdict.tsx";
import type { VerdictKind } from "../shell/verdict-kind.ts";

/** A sentence about what this page compared itself, and whether it holds. */
export interface Line {
  readonly text: string;
  readonly passed: boolean;
}

/** The verdict over what this page compared and what the log and the chain say, with every check below. */
export function Checked(props: { lines: readonly Line[]; checked: CheckedRecords }): ReactNode {
  const { fund } = useTexts("fund");
  const { lines, checked } = props;
  const { report, at, block } = checked;
  const isWell = lines.every(({ passed }) => passed);
  const kind: VerdictKind = isWell ? verdictOf(report) : "inconsistent";
  return (
    <div className="stack" data-fund-check={kind}>
      <Verdict
        kind={kind}
        sentence={fund.verdicts[kind === "uncounted" ? "unverifiable" : kind]}
        checked={{ at, block }}
      />
      <ul className="checks">
        {lines.map(({ text, passed }) => (
          <li key={text} className={passed ? "check-pass" : "check-fail"}>
            <span className="check-mark" aria-hidden="true">
              {passed ? "✔" : "✘"}
            </span>{" "}
            {text}
          </li>
        ))}
      </ul>
      <ReportView report={report} />
    </div>
  );
}
