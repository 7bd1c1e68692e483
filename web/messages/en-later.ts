import { check } from "./en/check.ts";
import { keys } from "./en/keys.ts";
import { officers } from "./en/officers.ts";
import { refusals } from "./en/refusals.ts";
import { vote } from "./en/vote.ts";
import type { LaterMessages } from "./zh-later.ts";

export const enLater: LaterMessages = { vote, check, keys, officers, refusals };
