import { enLater } from "../messages/en-later.ts";
import {
  zhLater,
  type LaterFiles,
  type LaterMessages,
  type Subject,
} from "../messages/zh-later.ts";
import type { Messages } from "../messages/zh.ts";
import { LoadedOnce } from "../service/once.ts";
import type { Language } from "./preference.ts";

// Only the language that is read is loaded, and of it first what the first screens say.
const FIRST: Record<Language, () => Promise<Messages>> = {
  zh: async () => (await import("../messages/zh.ts")).zh,
  en: async () => (await import("../messages/en.ts")).en,
};

const LATER: Record<Language, LaterFiles> = { zh: zhLater, en: enLater };

/** The files of texts, by what loads them. */
const files = new LoadedOnce<Partial<LaterMessages>>();
/** What the screens have said until now: another language must say it too. */
const said = new Set<Subject>();

/** The texts of a subject in a file of its language. */
export function loadTexts<S extends Subject>(
  language: Language,
  subject: S,
): Promise<Pick<LaterMessages, S>> {
  const load: () => Promise<Pick<LaterMessages, S>> = LATER[language][subject];
  said.add(subject);
  return files.load(load, load) as Promise<Pick<LaterMessages, S>>;
}

/** The texts of a subject where they are there already. */
export function findTexts<S extends Subject>(
  language: Language,
  subject: S,
): Pick<LaterMessages, S> | undefined {
  return files.find(LATER[language][subject]) as Pick<LaterMessages, S> | undefined;
}

export function loadMessages(language: Language): Promise<Messages> {
  return FIRST[language]();
}

/** All that was said on the screens until now, in another language. */
export async function loadAllSaid(language: Language): Promise<Messages> {
  const later = [...said].map((subject) => loadTexts(language, subject));
  const [messages] = await Promise.all([loadMessages(language), ...later]);
  return messages;
}
