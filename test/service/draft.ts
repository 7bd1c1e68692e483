import type { MeetingDraft } from "../../api/assembly/meeting/draft.ts";

/** A meeting of seconds instead of weeks; two motions. */
export function draftOf(times: { roll: number; opensAt: Date; closesAt: Date }): MeetingDraft {
  const motion = { text: "提请业主大会决定:试一试。", documents: [] };
  return {
    ...times,
    title: "试验会议",
    scope: "全体业主",
    organiser: "业主委员会",
    contact: "议事厅",
    motions: [
      { ...motion, title: "第一项", item: 4 },
      { ...motion, title: "第二项", item: 8 },
    ],
    profile: {
      ...{ conflict: "newestFirst", invalid: "participates", deemed: "none" },
      ...{ noticeSeconds: 0, paperSeconds: 0, revealSeconds: 3600, objectionSeconds: 0 },
      source: "试验规则",
    },
  };
}

/** A whole second, so many seconds from now. */
export const inSeconds = (seconds: number): Date =>
  new Date((Math.floor(Date.now() / 1000) + seconds) * 1000);
