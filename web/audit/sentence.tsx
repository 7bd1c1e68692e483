import type { ReactNode } from "react";
import { formatCount, formatTime } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import type { Inspection, Integrity } from "./integrity.ts";

const LOOKS = { ok: "consistent", failed: "inconsistent", incomplete: "unverifiable" } as const;
const ICONS = { ok: "✔", failed: "✘", incomplete: "?" } as const;

function countOf({ inspected }: Inspection): number {
  return inspected.reduce((sum, { count }) => sum + count, 0);
}

/** The answer first. It is the service's own word, so the seal does not stand beside it. */
export function Sentence(props: { integrity: Integrity }): ReactNode {
  const { audit } = useTexts("audit");
  const { language } = useLanguage();
  const { last, running } = props.integrity;
  if (!last) {
    return (
      <section className="verdict verdict-pending" role="status" data-integrity="none">
        <div>
          <p className="verdict-word">{running ? audit.running : audit.none}</p>
          <p>{audit.noneHint}</p>
        </div>
      </section>
    );
  }
  const { verdict, found, finishedAt, record } = last;
  const sentence = {
    ok: audit.sentence.ok(formatCount(countOf(last))),
    failed: audit.sentence.failed(formatCount(found)),
    incomplete: audit.sentence.incomplete,
  }[verdict];
  return (
    <section
      className={`verdict verdict-${LOOKS[verdict]}`}
      role="status"
      data-integrity={verdict}
      data-record={record}
    >
      <div>
        <p className="verdict-word">
          <span className="verdict-icon" aria-hidden="true">
            {ICONS[verdict]}
          </span>{" "}
          {audit.verdict[verdict]}
        </p>
        <p>{sentence}</p>
        <p className="verdict-by">
          {audit.by(formatTime(finishedAt, language), formatCount(record))}
          {running && ` ${audit.running}`}
        </p>
      </div>
    </section>
  );
}
