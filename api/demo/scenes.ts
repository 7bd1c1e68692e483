import type { Calendar } from "./calendar.ts";
import { draftMeeting } from "./agenda.ts";
import { listBookScenes } from "./books/scenes.ts";
import { FIRST_AGENDA, SCOPE, SECOND_AGENDA, THIRD_AGENDA } from "./motions.ts";
import { listProjectScenes } from "./projects/scenes.ts";
import type { Story } from "./story.ts";
import { createTable } from "./table.ts";
import type { Town } from "./town.ts";
import type { VotingPlan } from "./votes.ts";

/** Something that happens at a moment of the past. */
export interface Scene {
  at: Date;
  /** What the operator is told while it happens. */
  title: string;
  play(town: Town): Promise<unknown>;
}

/** What the first assembly decided is to be built, accepted and paid by now: it was held a season ago. */
export const FIRST_DAY = -105;

const LOST_KEY = "手机遗失,业主本人到登记处申请撤销";

/** All scenes in the order of time: an assembly that is over, one under way, one announced. */
export function listScenes(story: Story, calendar: Calendar): Scene[] {
  const scenes = [
    ...firstMeeting(story, calendar),
    ...secondMeeting(story, calendar),
    ...thirdMeeting(story, calendar),
    ...listBookScenes(story, calendar),
    ...listProjectScenes(story, calendar),
  ];
  return scenes.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Three evenings at the desk before voting opens. */
const ENROLMENT_DAYS = [-102, -97, -91];

function firstMeeting(story: Story, calendar: Calendar): Scene[] {
  const { at } = calendar;
  const times = { roll: 1, opensAt: at(-87, 9), closesAt: at(-72, 20) };
  return [
    {
      ...{ at: at(FIRST_DAY, 10), title: "roll 1 名册" },
      play: (town) => town.desk.freezeRoll(createTable(story.units), SCOPE),
    },
    {
      ...{ at: at(-103, 10), title: "meeting 1 announced 公告" },
      play: (town) => town.desk.convene(draftMeeting(story, FIRST_AGENDA, times)),
    },
    ...enrolments(story, calendar),
    ...ballots(story.first, { meeting: 1, moment: (step) => halfDay(calendar, -87, step) }),
    ...lostKeys(story, calendar),
    ...paper(story, calendar),
    {
      ...{ at: at(-70, 20.5), title: "meeting 1 counted 计票" },
      play: (town) => town.count(1),
    },
  ];
}

/** Half past eleven and half past seven, day after day. */
const halfDay = ({ at }: Calendar, day: number, step: number): Date =>
  at(day + Math.floor(step / 2), step % 2 === 0 ? 11.5 : 19.5);

function enrolments({ keyHolders }: Story, { at }: Calendar): Scene[] {
  const share = Math.ceil(keyHolders.length / ENROLMENT_DAYS.length);
  return ENROLMENT_DAYS.map((day, i) => ({
    ...{ at: at(day, 18), title: "keys 登记密钥" },
    play: (town) => town.enrol(1, keyHolders.slice(i * share, (i + 1) * share)),
  }));
}

function ballots(
  plan: VotingPlan,
  { meeting, moment }: { meeting: number; moment: (step: number) => Date },
): Scene[] {
  return [...Map.groupBy(plan.own, ({ step }) => step)].map(([step, sheets]) => ({
    ...{ at: moment(step), title: `meeting ${meeting} ballots 投票` },
    play: (town) => town.vote(meeting, sheets),
  }));
}

function lostKeys({ first }: Story, calendar: Calendar): Scene[] {
  const at = new Date(halfDay(calendar, -87, first.revokedAtStep).getTime() - 3_600_000);
  return [
    {
      ...{ at, title: "keys revoked 撤销密钥" },
      play: (town) => town.replaceKeys(1, first.lost, LOST_KEY),
    },
  ];
}

/** Half of it is sealed before voting closes, the rest in the days after. */
function paper({ first }: Story, { at }: Calendar): Scene[] {
  const half = Math.ceil(first.paper.length / 2);
  const parts = [first.paper.slice(0, half), first.paper.slice(half)];
  const moments = [at(-74, 15), at(-71, 15)];
  return moments.map((moment, i) => ({
    ...{ at: moment, title: "paper ballots 纸质票" },
    play: (town) => town.enterPaper(1, parts[i]!),
  }));
}

function secondMeeting(story: Story, calendar: Calendar): Scene[] {
  const { at } = calendar;
  const times = { roll: 2, opensAt: at(-3, 9), closesAt: at(12, 20) };
  return [
    {
      ...{ at: at(-19, 9), title: "roll 2 名册" },
      play: (town) => town.renewRoll(createTable(story.units), SCOPE),
    },
    {
      ...{ at: at(-19, 15), title: "meeting 2 announced 公告" },
      play: (town) => town.desk.convene(draftMeeting(story, SECOND_AGENDA, times)),
    },
    ...ballots(story.second, { meeting: 2, moment: (step) => halfDay(calendar, -3, step) }),
  ];
}

function thirdMeeting(story: Story, { at }: Calendar): Scene[] {
  const times = { roll: 3, opensAt: at(15, 9), closesAt: at(30, 20) };
  return [
    {
      ...{ at: at(-2, 9), title: "roll 3 名册" },
      play: (town) => town.renewRoll(createTable(story.units), SCOPE),
    },
    {
      ...{ at: at(-1, 10), title: "meeting 3 announced 公告" },
      play: (town) => town.desk.convene(draftMeeting(story, THIRD_AGENDA, times)),
    },
  ];
}
