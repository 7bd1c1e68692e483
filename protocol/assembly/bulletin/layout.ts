import type { Block } from "../../notice.ts";
import { formatArea, formatCount, formatShare, formatTime, type Language } from "../../format.ts";
import type { Measure } from "../count/rule.ts";
import type { Bulletin, BulletinMotion, BulletinTally } from "./bulletin.ts";
import { en } from "./en.ts";
import { type BulletinTexts, zh } from "./zh.ts";

const TEXTS: Record<Language, BulletinTexts> = { zh, en };

/** The words of a notice in a language. */
export function bulletinTexts(language: Language): BulletinTexts {
  return TEXTS[language];
}

const heading = (text: string, level: 2 | 3 = 2): Block => ({ kind: "heading", level, text });
const text = (words: string): Block => ({ kind: "text", text: words });
const hint = (words: string): Block => ({ kind: "text", text: words, soft: true });
const facts = (...rows: [string, string][]): Block => ({ kind: "facts", rows });

/** Heads with their share, area with its share. */
const shared = (part: Measure, whole: Measure): string[] => [
  formatCount(part.heads),
  formatShare(part.heads, whole.heads),
  formatArea(part.area),
  formatShare(part.area, whole.area),
];

const both = ({ heads, area }: Measure): string => `${formatCount(heads)} / ${formatArea(area)}`;

function layScope(texts: BulletinTexts, bulletin: Bulletin): Block[] {
  const { buildings, total } = bulletin;
  const row = (name: string, units: number, { heads, area }: Measure): string[] => [
    ...[name, formatCount(units), formatCount(heads), formatArea(area)],
  ];
  const units = buildings.reduce((sum, building) => sum + building.units, 0);
  return [
    heading(texts.scopeTitle),
    facts(
      [texts.community, bulletin.community],
      [texts.meeting, bulletin.title],
      [texts.scope, bulletin.scope],
    ),
    {
      kind: "table",
      head: [texts.building, texts.units, texts.heads, texts.area],
      rows: [
        ...buildings.map((building) => row(building.building, building.units, building)),
        row(texts.total, units, total),
      ],
    },
    hint(texts.buildingsHint),
    heading(texts.totalTitle),
    facts(
      [texts.totalHeads, `${formatCount(total.heads)} ${texts.headsUnit}`],
      [texts.totalArea, `${formatArea(total.area)} ${texts.areaUnit}`],
    ),
  ];
}

function layWindow(texts: BulletinTexts, bulletin: Bulletin, language: Language): Block[] {
  const { opensAt, closesAt, extensions, organiser, contact } = bulletin;
  const extended = extensions.map((end) =>
    texts.extension(formatTime(end.closesAt, language), end.reason),
  );
  return [
    heading(texts.windowTitle),
    facts(
      [texts.opens, formatTime(opensAt, language)],
      [texts.closes, formatTime(closesAt, language)],
      [texts.extended, extended.join("; ") || texts.notExtended],
    ),
    heading(texts.organiserTitle),
    facts([texts.organiser, organiser], [texts.contact, contact ?? texts.redacted]),
  ];
}

function layParticipating(texts: BulletinTexts, { motions, total }: Bulletin): Block[] {
  const head = [texts.heads, texts.shareOfTotal, texts.area, texts.shareOfTotal];
  return [
    heading(texts.participatingTitle),
    {
      kind: "table",
      head: [texts.motionColumn, ...head],
      rows: motions.map(({ title, participating }) => [title, ...shared(participating, total)]),
    },
    hint(texts.quorum),
  ];
}

const CHOICES = ["for", "against", "abstain", "invalid"] as const;

function layOrigins(texts: BulletinTexts, { origins }: BulletinMotion): Block {
  const row = (name: string, tally: BulletinTally): string[] => [
    ...[name, ...CHOICES.map((choice) => both(tally[choice]))],
  ];
  const none = CHOICES.map(() => texts.none);
  return {
    kind: "table",
    head: [texts.origin, ...CHOICES.map((choice) => texts.choices[choice])],
    rows: [
      row(texts.origins.own, origins.own),
      row(texts.origins.paper, origins.paper),
      [texts.origins.proxy, ...none],
      [texts.origins.deemed, ...none],
    ],
  };
}

function layOptions(
  texts: BulletinTexts,
  motion: BulletinMotion,
  choices: readonly (typeof CHOICES)[number][],
): Extract<Block, { kind: "table" }> {
  const { participating } = motion;
  const share = texts.shareOfParticipating;
  return {
    kind: "table",
    head: [texts.option, texts.heads, share, texts.area, share],
    rows: choices.map((choice) => [
      texts.choices[choice],
      ...shared(motion[choice], participating),
    ]),
  };
}

// Civil Code Art. 278 para. 2: items 6 to 8 need three quarters.
const isSpecial = (item: number): boolean => item >= 6 && item <= 8;

function layMotion(texts: BulletinTexts, motion: BulletinMotion, i: number): Block[] {
  const { item, outcome, absent, title } = motion;
  const rest = layOptions(texts, motion, ["abstain", "invalid"]);
  const missing = [texts.absent, formatCount(absent.heads), "—", formatArea(absent.area), "—"];
  const threshold = texts.thresholds[isSpecial(item) ? "special" : "ordinary"];
  return [
    heading(texts.motion(i + 1, title), 3),
    facts([texts.outcome, texts.outcomes[outcome]]),
    layOptions(texts, motion, ["for", "against"]),
    layOrigins(texts, motion),
    { ...rest, rows: [...rest.rows, missing] },
    facts([texts.ground, texts.item(item, texts.items[item]!)]),
    text(threshold),
  ];
}

function layWitnesses(texts: BulletinTexts, bulletin: Bulletin, language: Language): Block[] {
  const { batches, lapsed, source, assembly, chainId } = bulletin;
  return [
    heading(texts.witnessTitle),
    ...texts.witness.map(text),
    text(texts.batches(formatCount(batches), formatCount(lapsed))),
    facts([texts.rules, source], [texts.contract, assembly], [texts.chain, String(chainId)]),
    heading(texts.dateTitle),
    facts(
      [texts.concluded, formatTime(bulletin.concludedAt, language)],
      [texts.objections, formatTime(bulletin.objectionsUntil, language)],
    ),
    text(texts.effect),
  ];
}

/**
 * The notice in the order in which offices print one: scope by building, totals, window, organiser, participation,
 * then per motion the options, the channels, what else was cast, and the legal ground; witnesses; dates.
 */
export function layBulletin(bulletin: Bulletin, language: Language): Block[] {
  const texts = bulletinTexts(language);
  return [
    ...(bulletin.demonstration ? [text(texts.demonstration)] : []),
    ...layScope(texts, bulletin),
    ...layWindow(texts, bulletin, language),
    ...layParticipating(texts, bulletin),
    heading(texts.motionsTitle),
    ...bulletin.motions.flatMap((motion, i) => layMotion(texts, motion, i)),
    ...layWitnesses(texts, bulletin, language),
  ];
}
