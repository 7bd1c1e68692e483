import type { ReactNode } from "react";
import { formatCount, formatTime } from "../language/format.ts";
import { useLanguage, useMessages } from "../language/language.tsx";
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
  const { verdict: texts } = useMessages();
  const { language } = useLanguage();
  const { kind, checked } = props;
  return (
    <section className={`verdict verdict-${kind}`} role="status" data-verdict={kind}>
      <div>
        <p className="verdict-word">
          <span className="verdict-icon" aria-hidden="true">
            {texts.icons[kind]}
          </span>{" "}
          {texts.words[kind]}
        </p>
        <p>{props.sentence}</p>
        {checked && (
          <p className="verdict-by">
            {texts.by(formatTime(checked.at, language), formatCount(checked.block))}
          </p>
        )}
      </div>
      {kind === "consistent" && <Seal />}
    </section>
  );
}
