import { createContext, startTransition, use, useEffect, useState, type ReactNode } from "react";
import type { LaterMessages } from "../messages/zh-later.ts";
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

const LATER: Record<Language, () => Promise<LaterMessages>> = {
  zh: async () => (await import("../messages/zh-later.ts")).zhLater,
  en: async () => (await import("../messages/en-later.ts")).enLater,
};

const later = new Map<Language, Promise<LaterMessages>>();

function loadLater(language: Language): Promise<LaterMessages> {
  const loading = later.get(language) ?? LATER[language]();
  later.set(language, loading);
  // A lost connection must not be remembered.
  loading.catch(() => later.delete(language));
  return loading;
}

/** Begins to load the texts of the later screens in the reader's language, beside the screen that says them. */
export function expectAllMessages(): void {
  loadLater(readLanguage()).catch(() => undefined);
}

export function loadMessages(language: Language): Promise<Messages> {
  return FIRST[language]();
}

export function LanguageProvider(props: { initial: Messages; children: ReactNode }): ReactNode {
  const [spoken, setSpoken] = useState({ language: readLanguage(), messages: props.initial });
  const setLanguage = (language: Language): void => {
    keepLanguage(language);
    void Promise.all([loadMessages(language), loadLater(language)]).then(([messages]) =>
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

/** All texts; waits for those of the later screens, so only these may ask. */
export function useAllMessages(): Messages & LaterMessages {
  const { language, messages } = useSpoken();
  return { ...messages, ...use(loadLater(language)) };
}

export function useLanguage(): Pick<Spoken, "language" | "setLanguage"> {
  return useSpoken();
}
