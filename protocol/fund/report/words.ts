import type { Language } from "../../format.ts";
import type { EntryKind } from "../entry.ts";
import { en } from "./en.ts";
import { type FundTexts, zh } from "./zh.ts";

const TEXTS: Record<Language, FundTexts> = { zh, en };

/** The words of the fund in a language. */
export function fundTexts(language: Language): FundTexts {
  return TEXTS[language];
}

const find = (words: Readonly<Record<string, string>>, key: string): string =>
  Object.hasOwn(words, key) ? words[key]! : key;

/** A category of charges, a kind of income, or a cost in the committee's own word. */
export function nameCategory({ categories, revenues }: FundTexts, kind: EntryKind, key: string) {
  return find(kind === "income" ? revenues : categories, key);
}

/** A kind with its category: 维修支出 · 电梯. */
export function nameMovement(
  texts: FundTexts,
  { kind, category }: { kind: EntryKind; category: string | null },
): string {
  const name = texts.kinds[kind];
  return category === null ? name : texts.of(name, nameCategory(texts, kind, category));
}
