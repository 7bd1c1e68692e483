import type { Count } from "../../protocol/assembly/tally.ts";
import type { Recount } from "../../protocol/verify/meeting.ts";
import { formatArea, formatCount, formatShare } from "../language/format.ts";
import { element } from "./element.ts";
import type { Texts } from "./texts.ts";

const CHOICES = ["for", "against", "abstain", "invalid"] as const;

function row(label: string, part: Count, whole: Count): HTMLElement {
  const heads = formatShare(BigInt(part.heads), BigInt(whole.heads));
  const cell = (value: string, share: string): HTMLElement =>
    element("td", { class: "number" }, value, element("span", { class: "share" }, share));
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, label),
    cell(formatCount(part.heads), heads),
    cell(formatArea(part.areaE4), formatShare(part.areaE4, whole.areaE4)),
  );
}

function table({ own }: Texts, recount: Recount, at: number): HTMLElement {
  const { participating, tally } = recount.motions[at]!;
  const whole = { heads: recount.voters, areaE4: recount.totalAreaE4 };
  const head = element(
    "tr",
    {},
    element("td"),
    element("th", { scope: "col" }, own.heads),
    element("th", { scope: "col" }, own.area),
  );
  const choices = CHOICES.filter((choice) => choice !== "invalid" || tally.invalid.heads > 0);
  const rows = choices.map((choice) => row(own.choices[choice], tally[choice], participating));
  return element(
    "table",
    { class: "tally" },
    element("thead", {}, head),
    element(
      "tbody",
      {},
      row(own.whole, whole, whole),
      row(own.participating, participating, whole),
      ...rows,
    ),
  );
}

/** What this device counted: every motion's outcome, heads and area side by side. */
export function renderRecount(texts: Texts, recount: Recount): HTMLElement {
  const { own } = texts;
  const motions = recount.motions.map(({ item, outcome }, at) => {
    const title = element("h3", {}, own.motion(at + 1, item));
    const word = element("p", { class: `outcome outcome-${outcome}` }, own.outcomes[outcome]);
    const motion = { class: "motion", "data-outcome": outcome };
    return element("li", motion, title, word, table(texts, recount, at));
  });
  return element(
    "section",
    {},
    element("h2", {}, own.result),
    element("ol", { class: "motions" }, ...motions),
  );
}
