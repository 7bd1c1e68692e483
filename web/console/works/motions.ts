import type { MotionPlan, Meeting } from "../../assembly/meeting.ts";

/** A motion that uses a fund and was not refused. */
export interface PlannedMotion {
  /** `meeting-motion`, both as the service counts them. */
  readonly id: string;
  readonly meeting: number;
  readonly motion: number;
  readonly title: string;
  readonly plan: MotionPlan;
  /** Undefined while it is not counted. */
  readonly outcome: "Adopted" | undefined;
}

/** Motions with a plan, the newest meetings first, without those that the owners refused. */
export function listMotions(meetings: readonly Meeting[]): readonly PlannedMotion[] {
  return meetings.flatMap(({ number: meeting, motions, result }) =>
    motions.flatMap(({ title, plan }, motion): PlannedMotion[] => {
      const outcome = result?.[motion]?.outcome;
      if (!plan || (outcome !== undefined && outcome !== "Adopted")) return [];
      return [{ id: `${meeting}-${motion}`, meeting, motion, title, plan, outcome }];
    }),
  );
}
