import type { ReactNode } from "react";
import { formatCount, formatTime } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { Loading } from "../shell/loading.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { useRedactions } from "./redactions.ts";

/** What was taken out of the records: who, when and why stays for ever. */
export function RedactionList(props: { community: string }): ReactNode {
  const { audit } = useTexts("audit");
  const { language } = useLanguage();
  const redactions = useRedactions(props.community);
  if (redactions.isPending) return <Loading />;
  if (redactions.isError) return <ProblemView error={redactions.error} />;
  const list = (names: readonly string[]): string => new Intl.ListFormat(language).format(names);
  return (
    <section className="section stack">
      <h2 className="ruled">{audit.redactions}</h2>
      <p className="soft small">{audit.redactionsHint}</p>
      {redactions.data.length === 0 && <p>{audit.noRedactions}</p>}
      <ul className="stack">
        {redactions.data.map(({ index, record, path, reason, by, at }) => (
          <li key={index} data-redaction={record}>
            <p>
              {audit.redacted(formatCount(record))} <span className="mono soft">{path}</span>
            </p>
            <p>{audit.reason(reason)}</p>
            <p className="soft small">
              {formatTime(at, language)} · {list(by.map(({ office }) => office))}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
