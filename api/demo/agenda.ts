import type { MeetingDraft } from "../assembly/meeting/draft.ts";
import { CONTACT, ORGANISER, PROFILE_SOURCE, SCOPE } from "./motions.ts";
import type { DemoAgenda, DemoMotion } from "./motions.ts";
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

/** The small demonstration has two buildings: where none of those that a plan names stands, all units bear the cost. */
function inTown({ plan, ...motion }: DemoMotion, buildings: ReadonlySet<string>) {
  if (!plan) return motion;
  const scope = plan.scope.filter((place) => buildings.has(place));
  return { ...motion, plan: { ...plan, scope } };
}

export function draftMeeting(
  { units }: Pick<Story, "units">,
  agenda: DemoAgenda,
  times: { roll: number; opensAt: Date; closesAt: Date },
): MeetingDraft {
  const buildings = new Set(units.map(({ building }) => building));
  return {
    ...times,
    title: agenda.title,
    scope: SCOPE,
    organiser: ORGANISER,
    contact: CONTACT,
    motions: agenda.motions.map((motion) => ({ ...inTown(motion, buildings), documents: [] })),
    profile: PROFILE,
  };
}
