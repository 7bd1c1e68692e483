import { check } from "./zh/check.ts";
import { keys } from "./zh/keys.ts";
import { officers } from "./zh/officers.ts";
import { refusals } from "./zh/refusals.ts";
import { vote } from "./zh/vote.ts";

/** What the screens say that are loaded later: voting, checking, the officers' desk. */
export const zhLater = { vote, check, keys, officers, refusals };

export type LaterMessages = typeof zhLater;
