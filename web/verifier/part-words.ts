import { receiptNumber } from "../../protocol/assembly/receipt.ts";
import { CLAIM_WORDS } from "../../protocol/verify/dispute/claim.ts";
import type { Dispute } from "../../protocol/verify/dispute/decide.ts";
import type { ShownBallot } from "../../protocol/verify/dispute/finding.ts";
import { DISPUTE_WORDS } from "../../protocol/verify/dispute/words.ts";
import type { Language } from "../language/preference.ts";
import { claimChecks as enClaim } from "../messages/en/claim-report.ts";
import { dispute as en } from "../messages/en/dispute.ts";
import { fundChecks as enFund } from "../messages/en/fund-report.ts";
import { verifier as enVerifier } from "../messages/en/verifier.ts";
import { claimChecks as zhClaim } from "../messages/zh/claim-report.ts";
import { dispute as zh } from "../messages/zh/dispute.ts";
import { fundChecks as zhFund } from "../messages/zh/fund-report.ts";
import { verifier as zhVerifier } from "../messages/zh/verifier.ts";
import type { ClaimText, PartWords } from "./messages.ts";

const TEXTS = {
  zh: { names: { ...zhFund, ...zhClaim }, dispute: zh, verifier: zhVerifier },
  en: { names: { ...enFund, ...enClaim }, dispute: en, verifier: enVerifier },
};

function linesOf(language: Language, { batch, leaf, answers, key }: ShownBallot): string[] {
  const { dispute, verifier } = TEXTS[language];
  const choices: Partial<Record<string, string>> = verifier.choices;
  const place = key ? dispute.byKey(batch, `${key.page}/${key.position}`) : dispute.onPaper(batch);
  return [
    `${place} ${receiptNumber(leaf)}`,
    answers.map((answer) => choices[answer] ?? answer).join(" · "),
  ];
}

function claimText(language: Language, { claim, outcome, reason, shown }: Dispute): ClaimText {
  const { dispute } = TEXTS[language];
  const { outcomes, reasons } = DISPUTE_WORDS[language];
  const { found, follows } = reasons[reason];
  return {
    claim: claim ? CLAIM_WORDS[claim.kind][language] : "",
    says: claim?.says ?? "",
    outcome: outcomes[outcome],
    found,
    parts: [
      { title: dispute.follows, lines: [follows] },
      ...(shown ? [{ title: dispute.shown, lines: linesOf(language, shown) }] : []),
    ],
  };
}

/** What the page is to say in one language of what only the part looks at. */
export function wordsFor(language: Language, dispute: Dispute | undefined): PartWords {
  const { names, verifier, dispute: texts } = TEXTS[language];
  const claim = dispute && claimText(language, dispute);
  const disagree = dispute ? { disagree: texts.disagree } : {};
  return { names, own: { agree: verifier.agreeAll, ...disagree }, claim };
}
