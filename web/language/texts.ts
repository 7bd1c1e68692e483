import { enLater } from "../messages/en-later.ts";
import {
  zhLater,
  type LaterFiles,
  type LaterMessages,
  type Subject,
} from "../messages/zh-later.ts";
import type { Messages } from "../messages/zh.ts";
import type { Language } from "./preference.ts";

// Only the language that is read is loaded, and of it first what the first screens say.
const FIRST: Record<Language, () => Promise<Messages>> = {
  zh: async () => (await import("../messages/zh.ts")).zh,
  en: async () => (await import("../messages/en.ts")).en,
};

const LATER: Record<Language, LaterFiles> = { zh: zhLater, en: enLater };

/** The files of texts that were asked for, and those that came, by what loads them. */
const asked = new Map<unknown, Promise<unknown>>();
const come = new Map<unknown, unknown>();
/** What the screens have said until now: another language must say it too. */
const said = new Set<Subject>();

/** The texts of a subject in a file of its language. */
export function loadTexts<S extends Subject>(
  language: Language,
  subject: S,
): Promise<Pick<LaterMessages, S>> {
  const load: () => Promise<Pick<LaterMessages, S>> = LATER[language][subject];
  said.add(subject);
  const known = asked.get(load) as Promise<Pick<LaterMessages, S>> | undefined;
  if (known) return known;
  const loading = load();
  asked.set(load, loading);
  loading.then(
    (texts) => {
      come.set(load, texts);
      // By these fields React knows that it need not wait.
      void Object.assign(loading, { status: "fulfilled", value: texts });
    },
    // A lost connection must not be remembered.
    () => asked.delete(load),
  );
  return loading;
}

/** The texts of a subject where they are there already. */
export function findTexts<S extends Subject>(
  language: Language,
  subject: S,
): Pick<LaterMessages, S> | undefined {
  return come.get(LATER[language][subject]) as Pick<LaterMessages, S> | undefined;
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
