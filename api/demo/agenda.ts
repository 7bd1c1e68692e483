import type { MeetingDraft } from "../assembly/meeting/draft.ts";
import { CONTACT, ORGANISER, PROFILE_SOURCE, SCOPE } from "./motions.ts";
import type { DemoAgenda } from "./motions.ts";

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

export function draftMeeting(
  agenda: DemoAgenda,
  times: { roll: number; opensAt: Date; closesAt: Date },
): MeetingDraft {
  return {
    ...times,
    title: agenda.title,
    scope: SCOPE,
    organiser: ORGANISER,
    contact: CONTACT,
    motions: agenda.motions.map((motion) => ({ ...motion, documents: [] })),
    profile: PROFILE,
  };
}
