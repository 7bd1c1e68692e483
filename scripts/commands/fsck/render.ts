import { REASONS } from "../../../api/fsck/report.ts";
import type { Counted, Finding, FsckReport, FsckVerdict } from "../../../api/fsck/report.ts";

const SENTENCE: Record<FsckVerdict, string> = {
  ok: "✔ Everything that was inspected agrees.",
  failed: "✘ Something does not agree.",
  incomplete: "? Nothing was found wrong, but not everything could be inspected.",
};

const WORDS: Record<Finding["kind"], string> = {
  differs: "differs",
  missing: "is missing",
  extra: "is there without a reason",
  unreadable: "cannot be read",
};

function renderFinding({ kind, community, table, row, field, expected, found }: Finding): string {
  const where = community === undefined ? "" : ` (${community})`;
  const what = field === undefined ? "" : `, ${field}`;
  const head = `✘ ${table} ${row}${what} ${WORDS[kind]}${where}\n`;
  if (expected === undefined && found === undefined) return head;
  return `${head}    expected ${expected ?? ""}\n    found    ${found ?? ""}\n`;
}

function renderCounts(inspected: readonly Counted[]): string {
  const counts = new Map<string, number>();
  for (const { table, count } of inspected) counts.set(table, (counts.get(table) ?? 0) + count);
  const width = Math.max(0, ...[...counts.keys()].map((table) => table.length));
  const lines = [...counts].map(
    ([table, count]) => `  ${table.padEnd(width)}  ${count.toLocaleString("en")}\n`,
  );
  return `Inspected\n${lines.join("")}`;
}

function renderSkipped({ notInspected }: FsckReport): string {
  if (notInspected.length === 0) return "";
  const groups = Map.groupBy(notInspected, ({ why }) => why);
  const parts = [...groups].map(([why, items]) => {
    const names = items.map(({ what, count }) =>
      count === undefined ? what : `${what} (${count})`,
    );
    return `  because it ${REASONS[why]}:\n    ${names.join(", ")}\n`;
  });
  return `\nNot inspected\n${parts.join("")}`;
}

/** A report for people: what is wrong first, then what was looked at, then what was not, and one sentence at the end. */
export function renderReport(report: FsckReport): string {
  const { findings, furtherFindings, verdict, chain, startedAt, finishedAt } = report;
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  const more = furtherFindings > 0 ? `✘ and ${furtherFindings} more\n` : "";
  const blocks = chain ? `, ${chain.kind} chain at block ${chain.block}` : ", without the chain";
  return [
    ...findings.map(renderFinding),
    more,
    findings.length > 0 ? "\n" : "",
    renderCounts(report.inspected),
    renderSkipped(report),
    `\n${SENTENCE[verdict]} (${findings.length + furtherFindings} found, ${seconds.toFixed(1)} s${blocks})\n`,
  ].join("");
}
