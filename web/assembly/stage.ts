import type { Stage } from "../../protocol/assembly/meeting.ts";

/** The five steps that people know; taking in paper ballots is part of the count. */
export const STEPS = ["announced", "voting", "counting", "objection", "effective"] as const;
export type Step = (typeof STEPS)[number];

const STEP_OF: Record<Stage, Step> = {
  announced: "announced",
  voting: "voting",
  paper: "counting",
  counting: "counting",
  preliminary: "objection",
  final: "effective",
};

export function stepOf(stage: Stage): Step {
  return STEP_OF[stage];
}
