import type { Check, CheckName } from "../../protocol/verify/report.ts";
import {
  type CheckGroup,
  classOf,
  countChecks,
  groupChecks,
  isEarly,
  listDifferences,
  markOf,
} from "../assembly/report-parts.ts";
import { formatCount } from "../language/format.ts";
import { type Child, element, fold } from "./element.ts";
import type { Texts } from "./texts.ts";

function compared({ report }: Texts, check: Check): HTMLElement {
  const line = (label: string, value: string): Child[] =>
    value ? [element("dt", {}, label), element("dd", {}, value)] : [];
  const differences = listDifferences(check).flatMap(({ field, expected, found }) => [
    ...(field ? [element("dt", { class: "check-field" }, field)] : []),
    ...line(report.expected, expected),
    ...line(report.found, found),
  ]);
  const { detail } = check;
  const reason = detail && element("dd", { class: "check-reason" }, report.details[detail]);
  return element("dl", { class: "check-detail" }, reason, ...differences);
}

/** What only the part looks at has its name from there. */
function nameOf({ report: { names } }: Texts, name: CheckName): string {
  return name in names ? names[name as keyof typeof names] : name;
}

function checkLine(texts: Texts, check: Check): HTMLElement {
  const subject = check.subject && element("span", { class: "soft mono" }, ` ${check.subject}`);
  const line = element(
    "div",
    { class: "check-line" },
    element("span", { class: "check-mark", "aria-hidden": "true" }, markOf(check)),
    element("span", {}, nameOf(texts, check.name), subject || undefined),
  );
  const attributes = {
    class: classOf(check),
    "data-check": check.name,
    "data-subject": check.subject,
    "data-status": check.status,
  };
  return element("li", attributes, line, compared(texts, check));
}

function section(texts: Texts, title: string, checks: readonly Check[]): HTMLElement | undefined {
  if (checks.length === 0) return undefined;
  const list = element(
    "ul",
    { class: "checks" },
    ...checks.map((check) => checkLine(texts, check)),
  );
  return element("section", {}, element("h3", {}, title), list);
}

function passedGroup(texts: Texts, { name, checks }: CheckGroup): HTMLElement {
  const count = checks.length > 1 ? ` × ${formatCount(checks.length)}` : "";
  const mark = element("span", { class: "check-mark", "aria-hidden": "true" }, "✔");
  const title = element(
    "span",
    { class: "check-pass" },
    mark,
    ` ${nameOf(texts, name)}`,
    element("span", { class: "soft" }, count),
  );
  const list = checks.map((check) => {
    const subject = check.subject ? element("p", { class: "mono" }, check.subject) : undefined;
    return element("li", {}, subject, compared(texts, check));
  });
  return fold(title, element("ul", { class: "passed", "data-passed": name }, ...list));
}

function summary({ report }: Texts, checks: readonly Check[]): string {
  const { all, failed, open, early, passed } = countChecks(checks);
  const first =
    failed > 0
      ? report.failed(formatCount(failed), formatCount(all))
      : report.passed(formatCount(passed));
  return [
    first,
    ...(open > 0 ? [report.open(formatCount(open))] : []),
    ...(early > 0 ? [report.early(formatCount(early))] : []),
  ].join(report.separator);
}

/** What does not agree first, then what could not be checked, then all that agreed, folded. */
export function renderChecks(texts: Texts, checks: readonly Check[]): Child[] {
  const { report } = texts;
  const passed = checks.filter(({ status }) => status === "ok");
  const open = checks.filter((check) => check.status === "notChecked" && !isEarly(check));
  return [
    element("p", {}, summary(texts, checks)),
    section(
      texts,
      report.problemsFirst,
      checks.filter(({ status }) => status === "failed"),
    ),
    section(texts, report.openTitle, open),
    section(texts, report.earlyTitle, checks.filter(isEarly)),
    element(
      "section",
      {},
      element("h3", {}, report.all),
      ...groupChecks(passed).map((group) => passedGroup(texts, group)),
    ),
  ];
}
