import type { MeetingDraft } from "../assembly/meeting/draft.ts";
import { CONTACT, ORGANISER, PROFILE_SOURCE, SCOPE } from "./motions.ts";
import type { DemoAgenda, DemoMotion } from "./motions.ts";
import { PROJECTS, figuresOf, inYuan, planOf, standing } from "./projects/terms.ts";
import type { Story } from "./story.ts";

const DAY_SECONDS = 86_400;

/** The rules of procedure of the demonstration: docs/SPEC.md section 4. */
const PROFILE = {
  conflict: "newestFirst",
  invalid: "participates",
  deemed: "none",
  noticeSeconds: 15 * DAY_SECONDS,
  paperSeconds: 2 * DAY_SECONDS,
  revealSeconds: 3 * DAY_SECONDS,
  objectionSeconds: 7 * DAY_SECONDS,
  source: PROFILE_SOURCE,
} as const;

/** A motion with what its project is to cost here, or the plan that it brings along. */
function inTown(motion: DemoMotion, units: Story["units"]) {
  const { plan, project: name, title, item } = motion;
  if (name) {
    const project = PROJECTS[name];
    const text = motion.text.replace("{budget}", inYuan(figuresOf(project, units).budgetFen));
    return { title, item, text, plan: planOf(project, units) };
  }
  const common = { title, item, text: motion.text };
  return plan ? { ...common, plan: { ...plan, scope: standing(plan.scope, units) } } : common;
}

export function draftMeeting(
  { units }: Pick<Story, "units">,
  agenda: DemoAgenda,
  times: { roll: number; opensAt: Date; closesAt: Date },
): MeetingDraft {
  return {
    ...times,
    title: agenda.title,
    scope: SCOPE,
    organiser: ORGANISER,
    contact: CONTACT,
    motions: agenda.motions.map((motion) => ({ ...inTown(motion, units), documents: [] })),
    profile: PROFILE,
  };
}
