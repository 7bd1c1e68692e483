import { createContext, startTransition, use, useEffect, useState, type ReactNode } from "react";
import { enLater } from "../messages/en-later.ts";
import {
  zhLater,
  type LaterFiles,
  type LaterMessages,
  type Subject,
} from "../messages/zh-later.ts";
import type { Messages } from "../messages/zh.ts";
import { keepLanguage, readLanguage, type Language } from "./preference.ts";

interface Spoken {
  readonly language: Language;
  readonly messages: Messages;
  readonly setLanguage: (language: Language) => void;
}

const LanguageContext = createContext<Spoken | null>(null);

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
  // A lost connection must not be remembered.
  loading.then(
    (texts) => come.set(load, texts),
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

export function LanguageProvider(props: { initial: Messages; children: ReactNode }): ReactNode {
  const [spoken, setSpoken] = useState({ language: readLanguage(), messages: props.initial });
  const setLanguage = (language: Language): void => {
    keepLanguage(language);
    const later = [...said].map((subject) => loadTexts(language, subject));
    void Promise.all([loadMessages(language), ...later]).then(([messages]) =>
      startTransition(() => setSpoken({ language, messages })),
    );
  };
  useEffect(() => {
    document.documentElement.lang = spoken.language === "zh" ? "zh-CN" : "en";
  }, [spoken.language]);
  return <LanguageContext value={{ ...spoken, setLanguage }}>{props.children}</LanguageContext>;
}

function useSpoken(): Spoken {
  const spoken = use(LanguageContext);
  if (!spoken) throw new Error("a component outside LanguageProvider asked for its language");
  return spoken;
}

/** What the first screens say. */
export function useMessages(): Messages {
  return useSpoken().messages;
}

/** What the first screens say and these subjects; waits for what of them is not there yet. */
export function useTexts<S extends Subject>(
  ...subjects: readonly S[]
): Messages & Pick<LaterMessages, S> {
  const { language, messages } = useSpoken();
  const loading = subjects.map((subject) => loadTexts(language, subject));
  const texts = subjects.map((subject, i) => findTexts(language, subject) ?? use(loading[i]!));
  return Object.assign({}, messages, ...texts) as Messages & Pick<LaterMessages, S>;
}

export function useLanguage(): Pick<Spoken, "language" | "setLanguage"> {
  return useSpoken();
}
