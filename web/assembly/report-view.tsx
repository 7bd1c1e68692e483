import type { ReactNode } from "react";
import type { Check, Report } from "../../protocol/verify/report.ts";
import { formatCount } from "../language/format.ts";
import { useAllMessages } from "../language/language.tsx";
import { Fold } from "../shell/fold.tsx";
import type { VerdictKind } from "../shell/verdict.tsx";
import "../style/verdict.css";

/** What cannot be checked because it has not happened yet. */
function isEarly({ status, detail }: Check): boolean {
  return status === "notChecked" && detail === "notYet";
}

/** The word for a report: what could not be checked yet is pending, what cannot be checked is not. */
export function verdictOf({ verdict, checks }: Report): VerdictKind {
  if (verdict === "ok") return "consistent";
  if (verdict === "failed") return "inconsistent";
  const open = checks.filter(({ status }) => status === "notChecked");
  const onlyEarly = open.length > 0 && open.every(isEarly);
  return onlyEarly ? "pending" : "unverifiable";
}

const MARKS: Record<Check["status"], string> = { ok: "✔", failed: "✘", notChecked: "?" };
const CLASSES: Record<Check["status"], string> = {
  ok: "check-pass",
  failed: "check-fail",
  notChecked: "check-unknown",
};

function Compared(props: { check: Check }): ReactNode {
  const texts = useAllMessages().check;
  const { expected, found, detail } = props.check;
  return (
    <dl className="check-detail">
      {detail && (
        <>
          <dt className="visually-hidden">{texts.reason}</dt>
          <dd className="check-reason">{texts.details[detail]}</dd>
        </>
      )}
      {expected !== undefined && expected !== "" && (
        <>
          <dt>{texts.expected}</dt>
          <dd>{expected}</dd>
        </>
      )}
      {found !== undefined && found !== "" && (
        <>
          <dt>{texts.found}</dt>
          <dd>{found}</dd>
        </>
      )}
    </dl>
  );
}

export function CheckLine(props: { check: Check }): ReactNode {
  const texts = useAllMessages().check;
  const { check } = props;
  return (
    <li className={CLASSES[check.status]} data-check={check.name} data-status={check.status}>
      <div className="check-line">
        <span className="check-mark" aria-hidden="true">
          {isEarly(check) ? "…" : MARKS[check.status]}
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

interface Group {
  readonly name: Check["name"];
  readonly checks: readonly Check[];
}

/** Checks of one name in a row become one group, so that a thousand batches do not bury the rest. */
export function groupChecks(checks: readonly Check[]): Group[] {
  const groups = Map.groupBy(checks, ({ name }) => name);
  return [...groups].map(([name, members]) => ({ name, checks: members }));
}

function PassedGroup(props: { group: Group }): ReactNode {
  const texts = useAllMessages().check;
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

function summarise(
  texts: ReturnType<typeof useAllMessages>["check"],
  checks: readonly Check[],
): string {
  const failed = checks.filter(({ status }) => status === "failed").length;
  const open = checks.filter((check) => check.status === "notChecked" && !isEarly(check)).length;
  const early = checks.filter(isEarly).length;
  const passed = checks.length - failed - open - early;
  const parts = [
    failed > 0
      ? texts.failed(formatCount(failed), formatCount(checks.length))
      : texts.passed(formatCount(passed)),
    ...(open > 0 ? [texts.open(formatCount(open))] : []),
    ...(early > 0 ? [texts.early(formatCount(early))] : []),
  ];
  return parts.join(texts.separator);
}

/** What does not agree first, then what could not be checked, then all that agreed, folded. */
export function ReportView(props: { report: Report }): ReactNode {
  const texts = useAllMessages().check;
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
