import { anchor } from "./en/anchor.ts";
import { cards } from "./en/cards.ts";
import { problems } from "./en/problems.ts";
import { registry } from "./en/registry.ts";
import { shell } from "./en/shell.ts";
import { verdict } from "./en/verdict.ts";
import type { Messages } from "./zh.ts";

export const en: Messages = { shell, registry, anchor, cards, problems, verdict };
