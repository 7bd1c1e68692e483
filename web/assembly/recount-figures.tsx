import type { ReactNode } from "react";
import type { Recount } from "../../protocol/verify/meeting.ts";
import { useTexts } from "../language/language.tsx";
import { toMotionResult } from "./recounted.ts";
import { MotionResultView } from "./result-view.tsx";
import "../style/meeting.css";

/** The figures that this device counted itself, under the titles of the record that it checked. */
export function RecountFigures(props: { recount: Recount }): ReactNode {
  const { cards, meeting: texts, check } = useTexts("meeting", "check");
  const { recount } = props;
  return (
    <section className="section">
      <h2>{check.recount.figures}</h2>
      <ol className="motions">
        {recount.motions.map((motion, i) => (
          <li className="motion" key={i}>
            <p className="motion-number">{texts.motion(i + 1)}</p>
            <div className="motion-head">
              <h3>{recount.record?.motions[i]?.title ?? texts.items[motion.item]}</h3>
              <p className={`outcome outcome-${motion.outcome}`}>
                {cards.outcomes[motion.outcome]}
              </p>
            </div>
            <MotionResultView item={motion.item} result={toMotionResult(recount, motion)} />
          </li>
        ))}
      </ol>
    </section>
  );
}
