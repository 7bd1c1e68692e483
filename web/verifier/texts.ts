import { type Language, readLanguage } from "../language/preference.ts";
import { report as enReport } from "../messages/en/report.ts";
import { verdict as enVerdict } from "../messages/en/verdict.ts";
import { verifier as en } from "../messages/en/verifier.ts";
import { report as zhReport } from "../messages/zh/report.ts";
import { verdict as zhVerdict } from "../messages/zh/verdict.ts";
import { verifier as zh } from "../messages/zh/verifier.ts";

/** All that the verifier says in one language. */
export interface Texts {
  readonly language: Language;
  readonly own: typeof zh;
  readonly report: typeof zhReport;
  readonly verdict: typeof zhVerdict;
}

const TEXTS: Record<Language, Texts> = {
  zh: { language: "zh", own: zh, report: zhReport, verdict: zhVerdict },
  en: { language: "en", own: en, report: enReport, verdict: enVerdict },
};

export const textsIn = (language: Language): Texts => TEXTS[language];

/** The language that the reader chose, else Chinese: it is that of the notices themselves. */
export const startTexts = (): Texts => TEXTS[readLanguage()];
