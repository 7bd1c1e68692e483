import type { Answer, SignedAnswer } from "../../protocol/assembly/sheet.ts";
import type { DemoOwner } from "./owners.ts";
import type { Random } from "./random.ts";

/** How an assembly of the demonstration votes; shares are of those who take part. */
export interface VotingPattern {
  /** Of each motion; what is left abstains. */
  motions: readonly { for: number; against: number }[];
  /** How many cast a ballot. */
  participating: number;
  paper: number;
  /** Votes more than once. */
  revoting: number;
  /** Lost their key after voting. */
  lostKeys: number;
  /** Into how many moments the voting is divided. */
  steps: number;
}

export interface OwnBallot {
  owner: DemoOwner;
  step: number;
  answers: SignedAnswer[];
}

export interface PaperSheet {
  owner: DemoOwner;
  answers: Answer[];
}

export interface VotingPlan {
  /** By step. */
  own: OwnBallot[];
  paper: PaperSheet[];
  /** Owners whose first key is revoked before `revokedAtStep`; all but the last one get another. */
  lost: DemoOwner[];
  revokedAtStep: number;
}

/** Draws up who votes how and when. `candidates` are those who may take part, paper voters among them. */
export function planVoting(
  candidates: readonly DemoOwner[],
  pattern: VotingPattern,
  random: Random,
): VotingPlan {
  const participants = random
    .shuffle(candidates)
    .slice(0, pattern.participating)
    .sort((a, b) => Number(a.areaE4 - b.areaE4));
  const answers = drawAnswers(participants, pattern, random);
  const shuffled = random.shuffle(participants);
  const papers = Math.round(pattern.participating * pattern.paper);
  const voters = shuffled.slice(papers);
  const revokedAtStep = Math.ceil(pattern.steps / 2);
  const lost = voters.slice(0, pattern.lostKeys);
  const own = voters.flatMap((owner, i) => {
    const sheet = { owner, answers: answers.get(owner)! };
    if (i < pattern.lostKeys) return planLoss(sheet, i, { ...pattern, revokedAtStep });
    const again = i < pattern.lostKeys + pattern.revoting * voters.length;
    return planOwn(sheet, { again, steps: pattern.steps }, random);
  });
  const paper = shuffled.slice(0, papers).map((owner, i) => ({
    owner,
    answers: spoil(answers.get(owner)!, i),
  }));
  return { own: own.sort((a, b) => a.step - b.step), paper, lost, revokedAtStep };
}

/**
 * Gives every participant his answers so that heads and area divide alike: along the participants sorted by area,
 * each next one gets the answer that is furthest behind its share.
 */
function drawAnswers(
  participants: readonly DemoOwner[],
  { motions }: VotingPattern,
  random: Random,
): Map<DemoOwner, SignedAnswer[]> {
  const answers = new Map(participants.map((owner): [DemoOwner, SignedAnswer[]] => [owner, []]));
  for (const shares of motions) {
    const given = { for: 0, against: 0, abstain: 0 };
    const abstain = 1 - shares.for - shares.against;
    shuffleNearby(participants, random).forEach((owner, i) => {
      const answer = furthestBehind({ ...shares, abstain }, given, i + 1);
      given[answer] += 1;
      answers.get(owner)!.push(answer);
    });
  }
  return answers;
}

const NEARBY = 12;

/** So that the motions divide the owners differently, although all of them go along the areas. */
function shuffleNearby(owners: readonly DemoOwner[], random: Random): DemoOwner[] {
  const shuffled: DemoOwner[] = [];
  for (let at = 0; at < owners.length; at += NEARBY)
    shuffled.push(...random.shuffle(owners.slice(at, at + NEARBY)));
  return shuffled;
}

function furthestBehind(
  shares: Record<SignedAnswer, number>,
  given: Record<SignedAnswer, number>,
  count: number,
): SignedAnswer {
  const behind = (answer: SignedAnswer): number => shares[answer] * count - given[answer];
  return (["for", "against", "abstain"] as const).reduce((best, answer) =>
    behind(answer) > behind(best) ? answer : best,
  );
}

type Sheet = Pick<OwnBallot, "owner" | "answers">;

/** Votes with the first key, loses it, and votes again with the second; the last one to lose it does not. */
function planLoss(
  sheet: Sheet,
  index: number,
  { lostKeys, steps, revokedAtStep }: VotingPattern & { revokedAtStep: number },
): OwnBallot[] {
  const first = { ...sheet, step: index % revokedAtStep };
  if (index === lostKeys - 1) return [first];
  return [first, { ...sheet, step: steps - 1 }];
}

function planOwn(
  sheet: Sheet,
  { again, steps }: { again: boolean; steps: number },
  random: Random,
): OwnBallot[] {
  const last = { ...sheet, step: drawStep(steps, random) };
  if (!again || last.step === 0) return [last];
  const changed = sheet.answers.map((answer) => (answer === "for" ? "against" : "for"));
  return [{ ...last, step: random.below(last.step), answers: changed }, last];
}

/** A third at the beginning, a third in the last days, the rest in between. */
function drawStep(steps: number, random: Random): number {
  const edge = Math.max(1, Math.floor(steps / 5));
  const part = random.below(3);
  if (part === 0) return random.below(edge);
  return part === 1 ? steps - 1 - random.below(edge) : random.below(steps);
}

/** Now and then a box on paper stays empty, or is ticked so that nobody can tell. */
const spoil = (answers: readonly SignedAnswer[], index: number): Answer[] =>
  index % 30 === 7 ? [...answers.slice(0, -1), "blank"] : [...answers];
