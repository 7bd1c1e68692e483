import type { ReactNode } from "react";
import { formatCount, formatTime } from "../language/format.ts";
import { useLanguage, useAllMessages } from "../language/language.tsx";
import { Seal } from "./seal.tsx";
import type { VerdictKind } from "./verdict-kind.ts";
import "../style/verdict.css";

export interface CheckedAt {
  /** Unix seconds. */
  at: number;
  block: bigint;
}

/** The answer first: word, icon and colour, then a sentence, then who checked and when. */
export function Verdict(props: {
  kind: VerdictKind;
  sentence: string;
  checked?: CheckedAt | undefined;
}): ReactNode {
  const { check } = useAllMessages();
  const { language } = useLanguage();
  const { kind, checked } = props;
  return (
    <section className={`verdict verdict-${kind}`} role="status" data-verdict={kind}>
      <div>
        <p className="verdict-word">
          <span className="verdict-icon" aria-hidden="true">
            {check.icons[kind]}
          </span>{" "}
          {check.verdict[kind]}
        </p>
        <p>{props.sentence}</p>
        {checked && (
          <p className="verdict-by">
            {check.by(formatTime(checked.at, language), formatCount(checked.block))}
          </p>
        )}
      </div>
      {kind === "consistent" && <Seal />}
    </section>
  );
}
