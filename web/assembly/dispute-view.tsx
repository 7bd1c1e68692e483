import type { ReactNode } from "react";
import { receiptNumber } from "../../protocol/assembly/receipt.ts";
import { TRUST_WORDS } from "../../protocol/verify/bundle/trustWords.ts";
import type { BundleReport } from "../../protocol/verify/bundle/verify.ts";
import { CLAIM_WORDS } from "../../protocol/verify/dispute/claim.ts";
import type { Dispute } from "../../protocol/verify/dispute/decide.ts";
import { DISPUTE_WORDS } from "../../protocol/verify/dispute/words.ts";
import { formatCount, formatTime } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { OUTCOME_LOOK } from "./outcome-look.ts";
import { ReportView } from "./report-view.tsx";
import "../style/verdict.css";

/** The ballot that stands, or that the claim is about: public already, by number. */
function Shown({ shown }: Required<Pick<Dispute, "shown">>): ReactNode {
  const { dispute, vote } = useTexts("dispute", "vote");
  const choices: Partial<Record<string, string>> = vote.choices;
  return (
    <section className="section">
      <h3>{dispute.shown}</h3>
      <p>
        {shown.key
          ? dispute.byKey(shown.batch, `${shown.key.page}/${shown.key.position}`)
          : dispute.onPaper(shown.batch)}{" "}
        <span className="mono soft">{receiptNumber(shown.leaf)}</span>
      </p>
      <p>{shown.answers.map((answer) => choices[answer] ?? answer).join(" · ")}</p>
    </section>
  );
}

/** What a dispute file claims, what it comes to, why, what follows, and every check below. */
export function DisputeView(props: { report: BundleReport & { dispute: Dispute } }): ReactNode {
  const { dispute: texts, verdict } = useTexts("dispute");
  const { language } = useLanguage();
  const { report } = props;
  const { claim, outcome, reason, shown } = report.dispute;
  const words = DISPUTE_WORDS[language];
  const { found, follows } = words.reasons[reason];
  const kind = OUTCOME_LOOK[outcome];
  const { trust } = report;
  return (
    <div className="stack" data-dispute={outcome} data-reason={reason}>
      {claim && <p className="lead">{CLAIM_WORDS[claim.kind][language]}</p>}
      {claim && claim.says !== "" && <blockquote>{claim.says}</blockquote>}
      <section className={`verdict verdict-${kind}`} role="status">
        <div>
          <p className="verdict-word">
            <span className="verdict-icon" aria-hidden="true">
              {verdict.icons[kind]}
            </span>{" "}
            {words.outcomes[outcome]}
          </p>
          <p>{found}</p>
        </div>
      </section>
      <section className="section">
        <h3>{texts.follows}</h3>
        <p>{follows}</p>
      </section>
      {shown && <Shown shown={shown} />}
      {trust && (
        <section className="section soft small">
          <p>
            {texts.until(
              formatCount(trust.head.number),
              formatTime(trust.head.timestamp, language),
            )}
          </p>
          {trust.reasons.map((why) => (
            <p key={why}>{TRUST_WORDS[language][why]}</p>
          ))}
        </section>
      )}
      <ReportView report={report} />
    </div>
  );
}
