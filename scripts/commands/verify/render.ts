import type { Count, Tally } from "../../../protocol/assembly/tally.ts";
import { fromAreaE4 } from "../../../protocol/registry/area.ts";
import type { Trust } from "../../../protocol/verify/bundle/trust.ts";
import { TRUST_WORDS } from "../../../protocol/verify/bundle/trustWords.ts";
import { type BundleReport, allChecks } from "../../../protocol/verify/bundle/verify.ts";
import { CLAIM_WORDS } from "../../../protocol/verify/dispute/claim.ts";
import type { Dispute } from "../../../protocol/verify/dispute/decide.ts";
import type { ShownBallot } from "../../../protocol/verify/dispute/finding.ts";
import { DISPUTE_WORDS } from "../../../protocol/verify/dispute/words.ts";
import type { MeetingReport, Recount } from "../../../protocol/verify/meeting.ts";
import type { Check, Report, Verdict } from "../../../protocol/verify/report.ts";

const MARK: Record<Check["status"], string> = { ok: "✔", failed: "✘", notChecked: "?" };

const SENTENCE: Record<Verdict, string> = {
  ok: "✔ Everything agrees.",
  failed: "✘ Something does not agree.",
  incomplete: "? Nothing was found wrong, but not everything could be checked.",
};

/** As above, where all that is left open has not happened yet. */
const SO_FAR = "? Everything agrees so far; the rest has not happened yet.";

/** What the verdict does not stand for, although it is well. */
function carriedOver({ verdict, checks }: Report): string {
  const charges = checks.filter(({ detail }) => detail === "carriedOver");
  if (verdict !== "ok" || charges.length === 0) return "";
  const numbers = charges.map(({ subject }) => subject).join(", ");
  return `  No decision on this chain covers ${charges.length} charges from before the installation: ${numbers}.\n`;
}

function sentenceFor({ verdict, checks }: Report): string {
  const left = checks.filter(({ status }) => status === "notChecked");
  const early = left.length > 0 && left.every(({ detail }) => detail === "notYet");
  return verdict === "incomplete" && early ? SO_FAR : SENTENCE[verdict];
}

function renderCheck({ name, subject, status, expected, found, detail }: Check): string {
  const reason = detail ? ` (${detail})` : "";
  const head = `${MARK[status]} ${name}${subject === "" ? "" : ` ${subject}`}${reason}\n`;
  if (detail === "redacted") return `${head}    ${found ?? ""}\n`;
  if (status !== "failed") return head;
  return `${head}    expected ${expected ?? ""}\n    found    ${found ?? ""}\n`;
}

const showCount = ({ heads, areaE4 }: Count): string => `${heads} heads, ${fromAreaE4(areaE4)} m²`;

function renderRecount({ voters, totalAreaE4, motions }: Recount): string {
  const total = `\nRecounted here: ${showCount({ heads: voters, areaE4: totalAreaE4 })} in all\n`;
  const lines = motions.flatMap(({ item, outcome, participating, tally }, i) => [
    `Motion ${i + 1} (Art. 278 item ${item}): ${outcome}`,
    `    taking part ${showCount(participating)}`,
    ...(["for", "against", "abstain", "invalid"] as const).map((lane) => {
      return `    ${lane.padEnd(11)} ${showCount(tally[lane])}`;
    }),
  ]);
  return `${total}${lines.join("\n")}\n`;
}

function renderPart({ checks, recount }: MeetingReport): string {
  return `${checks.map(renderCheck).join("")}${recount ? renderRecount(recount) : ""}`;
}

function renderTrust({ head, reasons, validators }: Trust): string {
  const time = new Date(head.timestamp * 1000).toISOString().replace(".000", "");
  const why = (["zh", "en"] as const)
    .flatMap((language) => reasons.map((reason) => `  ${TRUST_WORDS[language][reason]}\n`))
    .join("");
  const hint =
    reasons.includes("nobody") && validators !== undefined
      ? `  Its blocks name ${validators} validators; --validators checks their seals.\n`
      : "";
  return `\nAll of it is proven against block ${head.number} of ${time}\n  ${head.hash}\n${why}${hint}`;
}

const nameKey = ({ key }: ShownBallot): string =>
  key ? `key ${key.page}/${key.position}` : "paper";

/** What a claim came to, why, and what follows, in both languages. */
function renderDispute({ claim, outcome, reason, shown }: Dispute): string {
  const ballot = shown
    ? `  batch ${shown.batch}, ${nameKey(shown)}: ${shown.answers.join(", ")}\n  ${shown.leaf}\n`
    : "";
  const words = (["zh", "en"] as const).map((language) => {
    const { outcomes, reasons } = DISPUTE_WORDS[language];
    const said = claim ? `  “${CLAIM_WORDS[claim.kind][language]}”\n` : "";
    const { found, follows } = reasons[reason];
    return `${said}  ${outcomes[outcome]} (${reason}): ${found}\n  ${follows}\n`;
  });
  const says = claim && claim.says !== "" ? `  ${claim.says}\n` : "";
  return `\nThe claim\n${says}${words.join("")}${ballot}`;
}

/** A report for people: every check, the recount, and one sentence at the end. */
export function renderReport(report: BundleReport): string {
  const { verdict, meetings = [], funds, trust, dispute } = report;
  const parts = meetings.map((part) => `\nMeeting ${part.meeting}\n${renderPart(part.report)}`);
  if (funds) parts.push(`\nFunds\n${renderPart(funds)}`);
  const checks = allChecks(report);
  const failed = checks.filter(({ status }) => status === "failed").length;
  const open = checks.filter(({ status }) => status === "notChecked").length;
  const counts = `${checks.length} checks, ${failed} failed, ${open} not made`;
  const sentence = sentenceFor({ verdict, checks });
  return `${renderPart(report)}${parts.join("")}${trust ? renderTrust(trust) : ""}${dispute ? renderDispute(dispute) : ""}\n${sentence} (${counts})\n${carriedOver({ verdict, checks })}`;
}

const toFigures = ({ heads, areaE4 }: Count) => ({ heads, area: fromAreaE4(areaE4) });

function toTally(tally: Tally) {
  return {
    for: toFigures(tally.for),
    against: toFigures(tally.against),
    abstain: toFigures(tally.abstain),
    invalid: toFigures(tally.invalid),
  };
}

/** The recount in the words of a published result: areas as decimal texts of m². */
function toPublic({ voters, totalAreaE4, motions }: Recount) {
  return {
    total: toFigures({ heads: voters, areaE4: totalAreaE4 }),
    motions: motions.map(({ item, outcome, participating, tally, origins }) => ({
      item,
      outcome,
      participating: toFigures(participating),
      ...toTally(tally),
      origins: { own: toTally(origins.own), paper: toTally(origins.paper) },
    })),
  };
}

function toJson({ verdict, checks, recount }: MeetingReport) {
  return { verdict, checks, ...(recount ? { recount: toPublic(recount) } : {}) };
}

/** A report as JSON: verdict, checks, for a meeting the recount, and for a community its meetings and funds. */
export function renderJson({ meetings, funds, trust, dispute, ...report }: BundleReport): string {
  const parts = meetings?.map((part) => ({ meeting: part.meeting, ...toJson(part.report) }));
  const known = { ...(trust ? { trust } : {}), ...(dispute ? { dispute } : {}) };
  const whole = {
    ...{ ...toJson(report), ...known },
    ...(parts ? { meetings: parts } : {}),
    ...(funds ? { funds: toJson(funds) } : {}),
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
