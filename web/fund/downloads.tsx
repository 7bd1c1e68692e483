import type { ReactNode } from "react";
import { useLanguage, useTexts } from "../language/language.tsx";
import { communityPath } from "../registry/community.ts";
import type { Period } from "./books.ts";

const FORMS = ["csv", "xlsx", "hledger", "beancount"] as const;

/** The books as files: of the chosen period, which never change, or of everything. */
export function Downloads(props: { community: string; period: Period | undefined }): ReactNode {
  const { fund } = useTexts("fund");
  const { language } = useLanguage();
  const { community, period } = props;
  const base = communityPath(community, "/fund/exports");
  const place = period ? `${base}/periods/${period.period}` : `${base}/book`;
  return (
    <section className="section stack screen-only" id="downloads">
      <h2>{fund.downloads.title}</h2>
      <p className="soft">
        {period ? fund.downloads.ofPeriod(String(period.period)) : fund.downloads.ofBook}
      </p>
      <ul className="downloads">
        {period && (
          <li>
            <a href={`${place}/statement.pdf?language=${language}`} download>
              {fund.downloads.forms.pdf}
            </a>
          </li>
        )}
        {period && (
          <li>
            <a href={communityPath(community, `/fund/periods/${period.period}/bundle`)} download>
              {fund.downloads.evidence}
            </a>
          </li>
        )}
        {FORMS.map((form) => (
          <li key={form}>
            <a href={`${place}/${form}`} download>
              {fund.downloads.forms[form]}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
