import { audit } from "./en/audit.ts";
import { check } from "./en/check.ts";
import { fund } from "./en/fund.ts";
import { desk } from "./en/desk.ts";
import { dispute } from "./en/dispute.ts";
import { founding } from "./en/founding.ts";
import { keys } from "./en/keys.ts";
import { meeting } from "./en/meeting.ts";
import { mine } from "./en/mine.ts";
import { notice } from "./en/notice.ts";
import { officers } from "./en/officers.ts";
import { projects } from "./en/projects.ts";
import { refusals } from "./en/refusals.ts";
import { talk } from "./en/talk.ts";
import { treasury } from "./en/treasury.ts";
import { vote } from "./en/vote.ts";
import { works } from "./en/works.ts";
import type { LaterMessages } from "./zh-later.ts";

export const enLater: LaterMessages = {
  audit,
  vote,
  check,
  fund,
  desk,
  dispute,
  founding,
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
