import { Suspense, type ReactNode } from "react";
import type { Check, Report } from "../../protocol/verify/report.ts";
import { formatCount } from "../language/format.ts";
import { useTexts } from "../language/language.tsx";
import type { LaterMessages } from "../messages/zh-later.ts";
import { Fold } from "../shell/fold.tsx";
import { Loading } from "../shell/loading.tsx";
import {
  type CheckGroup,
  type Difference,
  classOf,
  countChecks,
  groupChecks,
  isEarly,
  listDifferences,
  markOf,
} from "./report-parts.ts";
import "../style/verdict.css";

function Sides(props: { difference: Difference }): ReactNode {
  const texts = useTexts("check").check;
  const { field, expected, found } = props.difference;
  return (
    <>
      {field !== "" && <dt className="check-field">{field}</dt>}
      {expected !== "" && (
        <>
          <dt>{texts.expected}</dt>
          <dd>{expected}</dd>
        </>
      )}
      {found !== "" && (
        <>
          <dt>{texts.found}</dt>
          <dd>{found}</dd>
        </>
      )}
    </>
  );
}

function Compared(props: { check: Check }): ReactNode {
  const texts = useTexts("check").check;
  const { detail } = props.check;
  return (
    <dl className="check-detail">
      {detail && (
        <>
          <dt className="visually-hidden">{texts.reason}</dt>
          <dd className="check-reason">{texts.details[detail]}</dd>
        </>
      )}
      {listDifferences(props.check).map((difference) => (
        <Sides key={difference.field} difference={difference} />
      ))}
    </dl>
  );
}

export function CheckLine(props: { check: Check }): ReactNode {
  const texts = useTexts("check").check;
  const { check } = props;
  return (
    <li className={classOf(check)} data-check={check.name} data-status={check.status}>
      <div className="check-line">
        <span className="check-mark" aria-hidden="true">
          {markOf(check)}
        </span>
        <span>
          {texts.names[check.name]}
          {check.subject && <span className="soft mono"> {check.subject}</span>}
          <span className="visually-hidden">:{texts.status[check.status]}</span>
        </span>
      </div>
      {check.status !== "ok" && <Compared check={check} />}
    </li>
  );
}

function PassedGroup(props: { group: CheckGroup }): ReactNode {
  const texts = useTexts("check").check;
  const { name, checks } = props.group;
  return (
    <Fold
      title={
        <span className="check-pass">
          <span className="check-mark" aria-hidden="true">
            ✔
          </span>{" "}
          {texts.names[name]}
          {checks.length > 1 && <span className="soft"> × {formatCount(checks.length)}</span>}
        </span>
      }
    >
      <ul>
        {checks.map((check, i) => (
          <li key={`${check.subject} ${i}`}>
            {check.subject && <p className="mono">{check.subject}</p>}
            <Compared check={check} />
          </li>
        ))}
      </ul>
    </Fold>
  );
}

function CheckList(props: { title: string; checks: readonly Check[] }): ReactNode {
  const { title, checks } = props;
  if (checks.length === 0) return null;
  return (
    <section className="section">
      <h2>{title}</h2>
      <ul className="checks">
        {checks.map((check, i) => (
          <CheckLine key={`${check.name} ${check.subject} ${i}`} check={check} />
        ))}
      </ul>
    </section>
  );
}

function summarise(texts: LaterMessages["check"], checks: readonly Check[]): string {
  const { all, failed, open, early, passed } = countChecks(checks);
  const parts = [
    failed > 0
      ? texts.failed(formatCount(failed), formatCount(all))
      : texts.passed(formatCount(passed)),
    ...(open > 0 ? [texts.open(formatCount(open))] : []),
    ...(early > 0 ? [texts.early(formatCount(early))] : []),
  ];
  return parts.join(texts.separator);
}

function Parts(props: { report: Report }): ReactNode {
  const texts = useTexts("check").check;
  const { checks } = props.report;
  const passed = checks.filter(({ status }) => status === "ok");
  return (
    <>
      <p className="section">{summarise(texts, checks)}</p>
      <CheckList
        title={texts.problemsFirst}
        checks={checks.filter(({ status }) => status === "failed")}
      />
      <CheckList
        title={texts.openTitle}
        checks={checks.filter((check) => check.status === "notChecked" && !isEarly(check))}
      />
      <CheckList title={texts.earlyTitle} checks={checks.filter(isEarly)} />
      <section className="section">
        <h2>{texts.all}</h2>
        {groupChecks(passed).map((group) => (
          <PassedGroup key={group.name} group={group} />
        ))}
      </section>
    </>
  );
}

/** What does not agree first, then what could not be checked, then all that agreed, folded. */
export function ReportView(props: { report: Report }): ReactNode {
  // It is shown when somebody has checked: what else is on the screen stays while its texts come.
  return (
    <Suspense fallback={<Loading />}>
      <Parts report={props.report} />
    </Suspense>
  );
}
