import type { RecordOf } from "../../anchor/record.ts";
import type { Measure, Outcome } from "../count/rule.ts";
import { toAreaE4 } from "../../registry/area.ts";

/** The published records that a result notice says nothing beyond; `contact` is null once it is redacted. */
export type BulletinRecords = {
  community: RecordOf<"community">;
  roll: RecordOf<"roll">;
  meeting: RecordOf<"meeting">;
  extensions: readonly RecordOf<"extension">[];
  result: RecordOf<"result">;
  contact: string | null;
};

/** A building of the scope. */
export type BulletinBuilding = { building: string; units: number } & Measure;

/** Heads and area per option. */
export type BulletinTally = { for: Measure; against: Measure; abstain: Measure; invalid: Measure };

/** One motion with its figures. */
export type BulletinMotion = BulletinTally & {
  title: string;
  item: number;
  outcome: Outcome;
  participating: Measure;
  /** On the roll and not among those who took part: no ballot stands for them. */
  absent: Measure;
  origins: { own: BulletinTally; paper: BulletinTally };
};

/** An official result notice in figures; times in Unix seconds. */
export type Bulletin = {
  community: string;
  demonstration: boolean;
  chainId: number;
  assembly: string;
  meeting: number;
  title: string;
  scope: string;
  buildings: BulletinBuilding[];
  total: Measure;
  opensAt: number;
  closesAt: number;
  /** Ends before the last one, with the reason for the extension that followed. */
  extensions: { closesAt: number; reason: string }[];
  organiser: string;
  contact: string | null;
  motions: BulletinMotion[];
  lapsed: number;
  batches: number;
  source: string;
  concludedAt: number;
  objectionsUntil: number;
};

type Figure = { heads: number; area: string };

const toMeasure = ({ heads, area }: Figure): Measure => ({
  heads: BigInt(heads),
  area: toAreaE4(area),
});

const toTally = (tally: Record<keyof BulletinTally, Figure>): BulletinTally => ({
  for: toMeasure(tally.for),
  against: toMeasure(tally.against),
  abstain: toMeasure(tally.abstain),
  invalid: toMeasure(tally.invalid),
});

const NONE: Measure = { heads: 0n, area: 0n };
const EMPTY: BulletinTally = { for: NONE, against: NONE, abstain: NONE, invalid: NONE };

function toMotion({ meeting, result }: BulletinRecords, i: number): BulletinMotion {
  const { title, item } = meeting.motions[i]!;
  const motion = result.motions[i]!;
  const total = toMeasure(motion.total);
  const participating = toMeasure(motion.participating);
  const findOrigin = (origin: "own" | "paper"): BulletinTally => {
    const found = motion.origins.find((tally) => tally.origin === origin);
    return found ? toTally(found) : EMPTY;
  };
  return {
    ...{ title, item, outcome: motion.outcome, participating },
    ...toTally(motion),
    absent: {
      heads: total.heads - participating.heads,
      area: total.area - participating.area,
    },
    origins: { own: findOrigin("own"), paper: findOrigin("paper") },
  };
}

/** Puts a result notice together from records that belong to each other. */
export function createBulletin(records: BulletinRecords): Bulletin {
  const { community, roll, meeting, extensions, result, contact } = records;
  const concludedAt = Date.parse(result.at) / 1000;
  const ends = [meeting.closesAt, ...extensions.map(({ closesAt }) => closesAt)];
  return {
    ...{ community: community.name, demonstration: community.demonstration },
    ...{ chainId: community.chainId, assembly: community.assembly, meeting: result.meeting },
    ...{ title: meeting.title, scope: meeting.scope },
    buildings: roll.buildings.map(({ building, units, heads, area }) => {
      return { building, units, ...toMeasure({ heads, area }) };
    }),
    total: { heads: BigInt(roll.voters), area: toAreaE4(roll.totalArea) },
    opensAt: meeting.opensAt,
    closesAt: ends.at(-1)!,
    extensions: extensions.map(({ reason }, i) => ({ closesAt: ends[i]!, reason })),
    ...{ organiser: meeting.organiser, contact },
    motions: meeting.motions.map((_, i) => toMotion(records, i)),
    ...{ lapsed: result.lapsed.length, batches: result.batches },
    source: meeting.profile.source,
    concludedAt,
    objectionsUntil: concludedAt + meeting.profile.objectionSeconds,
  };
}
