import type { Hex } from "viem";
import { scopeNumber } from "../../protocol/verify/bundle/scope.ts";
import type { Trust } from "../../protocol/verify/bundle/trust.ts";
import { allChecks } from "../../protocol/verify/bundle/verify.ts";
import { verdictOf } from "../assembly/report-parts.ts";
import type { VerdictKind } from "../shell/verdict-kind.ts";
import { formatCount, formatGroups, formatTime } from "../language/format.ts";
import { type Child, element } from "./element.ts";
import type { About, ClaimText, Finished, PartWords, Refused } from "./messages.ts";
import { renderRecount } from "./recount.ts";
import { renderChecks } from "./report.ts";
import type { Texts } from "./texts.ts";

function stamp(
  { verdict: { icons } }: Texts,
  {
    kind,
    word,
    ...attributes
  }: { kind: VerdictKind; word: string; [name: `data-${string}`]: string },
  ...lines: Child[]
): HTMLElement {
  const icon = element("span", { class: "verdict-icon", "aria-hidden": "true" }, icons[kind]);
  const title = element("p", { class: "verdict-word" }, icon, ` ${word}`);
  const look = { class: `verdict verdict-${kind}`, role: "status", ...attributes };
  return element("section", look, element("div", {}, title, ...lines));
}

function verdict(texts: Texts, { report, milliseconds }: Finished): HTMLElement {
  const { own } = texts;
  const checks = allChecks(report);
  const kind = verdictOf({ verdict: report.verdict, checks });
  const sentences = {
    consistent: own.agree,
    inconsistent: own.disagree,
    pending: own.pending,
    unverifiable: own.cannot,
    uncounted: own.cannot,
  };
  return stamp(
    texts,
    { kind, word: texts.verdict.words[kind], "data-verdict": kind },
    element("p", {}, sentences[kind]),
    element("p", { class: "verdict-by" }, own.took((milliseconds / 1000).toFixed(1))),
  );
}

/** What is claimed, what it comes to, and what follows. */
function claimSection(
  texts: Texts,
  { report: { dispute }, look }: Finished,
  { claim, says, outcome, found, parts }: ClaimText,
): Child[] {
  const following = parts.flatMap(({ title, lines }) => [
    element("h2", {}, title),
    ...lines.map((line) => element("p", {}, line)),
  ]);
  const data = { "data-dispute": dispute!.outcome, "data-reason": dispute!.reason };
  return [
    element("p", {}, claim),
    says ? element("blockquote", {}, says) : undefined,
    stamp(texts, { kind: look!, word: outcome, ...data }, element("p", {}, found)),
    element("section", {}, ...following),
  ];
}

/** The page's texts, with those that a part brought along. */
function textsWith(texts: Texts, words: PartWords | undefined): Texts {
  if (!words) return texts;
  const { own, report } = texts;
  const names = { ...report.names, ...words.names };
  return { ...texts, own: { ...own, ...words.own }, report: { ...report, names } };
}

function facts(entries: readonly (readonly [string, Child])[]): HTMLElement {
  const lines = entries.flatMap(([name, value]) => [
    element("dt", {}, name),
    element("dd", {}, value),
  ]);
  return element("dl", { class: "facts" }, ...lines);
}

function aboutSection({ own, language }: Texts, about: About, trust: Trust | undefined) {
  const { scope, community, title } = about;
  const subject =
    scope.kind === "community" ? own.scopes.community : own.scopes[scope.kind](scopeNumber(scope)!);
  return element(
    "section",
    {},
    element("h2", {}, own.about),
    facts([
      [own.subject, subject],
      ...(title === undefined ? [] : ([[own.meetingTitle, title]] as const)),
      [own.community, community.community],
      ...(trust ? ([[own.until, formatTime(trust.head.timestamp, language)]] as const) : []),
    ]),
  );
}

const ADDRESS = /0x[0-9a-fA-F]{40}/g;

/** Lets a reader who knows the validators have the seals checked. */
function validatorsForm(
  { own }: Texts,
  count: number,
  onValidators: (addresses: Hex[]) => void,
): HTMLElement {
  const input = element("textarea", { id: "validators", rows: "4", class: "mono" });
  const check = (event: Event): void => {
    event.preventDefault();
    const found = input.value.toLowerCase().match(ADDRESS) ?? [];
    if (found.length > 0) onValidators(found as Hex[]);
  };
  return element(
    "form",
    { class: "screen-only", onsubmit: check },
    element("p", {}, own.validators(count)),
    element("label", { for: "validators" }, own.validatorsLabel),
    input,
    element("button", { class: "button" }, own.validatorsCheck),
  );
}

function trustSection(texts: Texts, trust: Trust, onValidators: (addresses: Hex[]) => void) {
  const { own, language } = texts;
  const { head, reasons, validators } = trust;
  const asks = reasons.includes("nobody") && validators !== undefined;
  return element(
    "section",
    { "data-trust": reasons.join(" ") },
    element("h2", {}, own.restsOn),
    ...reasons.map((reason) => element("p", {}, own.reasons[reason])),
    element("p", {}, own.block(formatCount(head.number), formatTime(head.timestamp, language))),
    element("p", { class: "mono" }, formatGroups(head.hash)),
    asks ? validatorsForm(texts, validators, onValidators) : undefined,
  );
}

/** The whole outcome: the verdict first, then what it rests on, the figures, and every check. */
export function renderFinished(
  plain: Texts,
  finished: Finished,
  onValidators: (addresses: Hex[]) => void,
): Child[] {
  const { report, about } = finished;
  const words = finished.words?.[plain.language];
  const texts = textsWith(plain, words);
  const { trust, recount, meetings = [], funds } = report;
  const parts = meetings.flatMap((part) => [
    element("h2", {}, texts.own.meeting(part.meeting)),
    part.report.recount && renderRecount(texts, part.report.recount),
    ...renderChecks(texts, part.report.checks),
  ]);
  return [
    ...(words?.claim ? claimSection(texts, finished, words.claim) : []),
    verdict(texts, finished),
    aboutSection(texts, about, trust),
    trust && trustSection(texts, trust, onValidators),
    recount && renderRecount(texts, recount),
    element("section", {}, ...renderChecks(texts, report.checks)),
    ...parts,
    ...(funds ? [element("h2", {}, texts.own.funds), ...renderChecks(texts, funds.checks)] : []),
    element("p", { class: "soft small" }, texts.own.trustThisPage),
  ];
}

/** Why there is no verdict. */
export function renderRefused(texts: Texts, refused: Refused): Child[] {
  const { own } = texts;
  const reason = refused.kind === "fault" ? own.fault : own.faults[refused.fault];
  const entry = refused.kind === "refused" ? refused.entry : undefined;
  const code = refused.kind === "fault" ? refused.kind : refused.fault;
  return [
    stamp(
      texts,
      { kind: "unverifiable", word: own.refusedTitle, "data-refused": code },
      element("p", {}, reason),
      entry ? element("p", { class: "mono" }, entry) : undefined,
    ),
  ];
}
