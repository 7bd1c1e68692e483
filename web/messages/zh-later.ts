import { audit } from "./zh/audit.ts";
import { check } from "./zh/check.ts";
import { fund } from "./zh/fund.ts";
import { desk } from "./zh/desk.ts";
import { dispute } from "./zh/dispute.ts";
import { founding } from "./zh/founding.ts";
import { keys } from "./zh/keys.ts";
import { meeting } from "./zh/meeting.ts";
import { mine } from "./zh/mine.ts";
import { notice } from "./zh/notice.ts";
import { officers } from "./zh/officers.ts";
import { projects } from "./zh/projects.ts";
import { refusals } from "./zh/refusals.ts";
import { talk } from "./zh/talk.ts";
import { treasury } from "./zh/treasury.ts";
import { vote } from "./zh/vote.ts";
import { works } from "./zh/works.ts";

/** What the screens say that are loaded later: voting, checking, the officers' desk. */
export const zhLater = {
  vote,
  check,
  fund,
  desk,
  dispute,
  founding,
  audit,
  keys,
  meeting,
  mine,
  notice,
  officers,
  projects,
  talk,
  treasury,
  works,
  refusals,
};

export type LaterMessages = typeof zhLater;
