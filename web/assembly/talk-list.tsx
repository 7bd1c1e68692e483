import type { ReactNode } from "react";
import { formatCount, formatTime } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import type { Talk, TalkAnswer } from "./talk.ts";

function Said(props: { label: string; said: Talk | TalkAnswer }): ReactNode {
  const { talk } = useTexts("talk");
  const { language } = useLanguage();
  const { label, said } = props;
  return (
    <>
      <p className="small">
        <strong>{label}</strong> <span className="soft">{formatTime(said.at, language)}</span>
      </p>
      {said.text === undefined ? (
        <p className="note">{talk.redacted}</p>
      ) : (
        <p className="said">{said.text}</p>
      )}
      <p className="soft small">{talk.record(formatCount(said.record))}</p>
    </>
  );
}

/** What was asked and objected, the newest first, each with its answers; `reply` is what an office is offered. */
export function TalkList(props: {
  items: readonly Talk[];
  reply?: (item: Talk) => ReactNode;
}): ReactNode {
  const { talk } = useTexts("talk");
  const { items, reply } = props;
  if (items.length === 0) return <p className="empty">{talk.none}</p>;
  return (
    <ul className="talk">
      {items.toReversed().map((item) => (
        <li key={item.record} data-talk={item.kind} className="talk-item">
          <Said label={talk.kinds[item.kind]} said={item} />
          <ul>
            {item.answers.map((said) => (
              <li key={said.record} className="talk-answer">
                <Said label={talk.answeredBy(said.office)} said={said} />
              </li>
            ))}
          </ul>
          {item.answers.length === 0 && <p className="state">… {talk.unanswered}</p>}
          {reply?.(item)}
        </li>
      ))}
    </ul>
  );
}
