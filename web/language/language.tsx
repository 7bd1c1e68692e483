import { createContext, startTransition, use, useEffect, useState, type ReactNode } from "react";
import type { LaterMessages, Subject } from "../messages/zh-later.ts";
import type { Messages } from "../messages/zh.ts";
import { keepLanguage, readLanguage, type Language } from "./preference.ts";
import { loadAllSaid, loadTexts } from "./texts.ts";

interface Spoken {
  readonly language: Language;
  readonly messages: Messages;
  readonly setLanguage: (language: Language) => void;
}

const LanguageContext = createContext<Spoken | null>(null);

export function LanguageProvider(props: { initial: Messages; children: ReactNode }): ReactNode {
  const [spoken, setSpoken] = useState({ language: readLanguage(), messages: props.initial });
  const setLanguage = (language: Language): void => {
    keepLanguage(language);
    void loadAllSaid(language).then((messages) =>
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
  // Always asked for, also when it is there: React counts what a component waited for.
  const texts = loading.map((text) => use(text));
  return Object.assign({}, messages, ...texts) as Messages & Pick<LaterMessages, S>;
}

export function useLanguage(): Pick<Spoken, "language" | "setLanguage"> {
  return useSpoken();
}
