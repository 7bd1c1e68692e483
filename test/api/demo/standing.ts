import type { DemoOwner } from "../../../api/demo/owners.ts";
import type { VotingPlan } from "../../../api/demo/votes.ts";
import { decideOutcome, findRule } from "../../../protocol/assembly/count/rule.ts";
import type { Measure, Outcome } from "../../../protocol/assembly/count/rule.ts";
import type { Answer } from "../../../protocol/assembly/sheet.ts";
import { addVoter, emptyTally } from "../../../protocol/assembly/tally.ts";
import type { Tally } from "../../../protocol/assembly/tally.ts";

export type Standing = [DemoOwner, readonly Answer[]][];

/** The last sheet of everyone, except where its key was revoked. */
export function listStanding({ own, paper, lost, revokedAtStep }: VotingPlan): Standing {
  const valid = own.filter(({ owner, step }) => step >= revokedAtStep || !lost.includes(owner));
  const last = new Map<DemoOwner, readonly Answer[]>(
    valid.map(({ owner, answers }) => [owner, answers]),
  );
  for (const { owner, answers } of paper) last.set(owner, answers);
  return [...last];
}

export const measure = (owners: readonly DemoOwner[]): Measure => ({
  heads: BigInt(owners.length),
  area: owners.reduce((sum, { areaE4 }) => sum + areaE4, 0n),
});

export function tallyOf(standing: Standing, motion: number): Tally {
  const tally = emptyTally();
  for (const [owner, answers] of standing) addVoter(tally, answers[motion]!, owner.areaE4);
  return tally;
}

/** By the counting rule, with blank answers taking part. */
export function outcomeOf(
  standing: Standing,
  motion: number,
  { item, total }: { item: number; total: Measure },
): Outcome {
  const participating = measure(standing.map(([owner]) => owner));
  const inFavour = measure(
    standing.filter(([, answers]) => answers[motion] === "for").map(([owner]) => owner),
  );
  return decideOutcome(findRule("civil-code", item), { total, participating, inFavour });
}
