import { createHouseholds, demoSizes } from "./households.ts";
import type { DemoUnit } from "./households.ts";
import { listOwners } from "./owners.ts";
import type { DemoOwner } from "./owners.ts";
import { createRandom } from "./random.ts";
import { planVoting } from "./votes.ts";
import type { VotingPattern, VotingPlan } from "./votes.ts";

export type DemoSizeName = keyof typeof demoSizes;

/** Public, as everything that follows from it: the officers' and owners' keys too. */
export const DEMO_SEED = "mingzhang demonstration 1";

/** Everything about the demonstration that does not depend on the day on which it is loaded. */
export interface Story {
  units: DemoUnit[];
  /** All who ever enrol a key. */
  keyHolders: DemoOwner[];
  /** The assembly that is over. */
  first: VotingPlan;
  /** The one that is under way: what has been cast until now. */
  second: VotingPlan;
}

/** Of all voters, as the announced result says: 1,260 of 1,505. */
const TURNOUT = 0.8372;
const TURNOUT_SO_FAR = 0.45;

// Item 4 passes by a hair, the uses of the fund (item 5) with ease, item 8 misses its three quarters.
const FIRST: Omit<VotingPattern, "participating"> = {
  motions: [
    { for: 0.535, against: 0.4 },
    { for: 0.81, against: 0.13 },
    { for: 0.718, against: 0.22 },
    { for: 0.77, against: 0.15 },
    { for: 0.69, against: 0.22 },
    { for: 0.74, against: 0.18 },
  ],
  paper: 0.08,
  revoting: 0.03,
  lostKeys: 4,
  steps: 30,
};

const SECOND: Omit<VotingPattern, "participating"> = {
  motions: [
    { for: 0.83, against: 0.11 },
    { for: 0.69, against: 0.24 },
    { for: 0.76, against: 0.19 },
  ],
  paper: 0,
  revoting: 0.02,
  lostKeys: 0,
  steps: 6,
};

/** Who holds a key and has not voted on anything yet. */
const LATE_ENROLMENTS = 0.04;

export function createStory(sizeName: DemoSizeName): Story {
  const size = demoSizes[sizeName];
  const random = createRandom(DEMO_SEED);
  const units = createHouseholds(size, random);
  const owners = listOwners(units);
  // One of them loses his key and does not vote again: he does not count.
  const participating = Math.round(size.voters * TURNOUT) + 1;
  const first = planVoting(owners, { ...FIRST, participating }, random);
  const cast = new Set(first.own.map(({ owner }) => owner));
  const onPaper = new Set(first.paper.map(({ owner }) => owner));
  const rest = owners.filter((owner) => !cast.has(owner) && !onPaper.has(owner));
  const late = random.shuffle(rest).slice(0, Math.ceil(size.voters * LATE_ENROLMENTS));
  const keyHolders = [...cast, ...late];
  // Who lost a key and did not come back for another has none.
  const silent = first.lost.at(-1);
  const able = keyHolders.filter((owner) => owner !== silent);
  const soFar = Math.round(size.voters * TURNOUT_SO_FAR);
  const second = planVoting(able, { ...SECOND, participating: soFar }, random);
  return { units, keyHolders, first, second };
}
