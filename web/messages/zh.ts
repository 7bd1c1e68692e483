import { anchor } from "./zh/anchor.ts";
import { cards } from "./zh/cards.ts";
import { problems } from "./zh/problems.ts";
import { registry } from "./zh/registry.ts";
import { shell } from "./zh/shell.ts";
import { verdict } from "./zh/verdict.ts";

/** What the first screens say. */
export const zh = { shell, registry, anchor, cards, problems, verdict };

/** What every language must say: a missing or extra text does not compile. */
export type Messages = typeof zh;
