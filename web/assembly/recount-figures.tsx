import type { ReactNode } from "react";
import type { Measure } from "../../protocol/assembly/count/rule.ts";
import type { Count, Tally } from "../../protocol/assembly/tally.ts";
import type { Recount } from "../../protocol/verify/meeting.ts";
import { useAllMessages } from "../language/language.tsx";
import type { MotionResult, MotionTally } from "./meeting.ts";
import { useMeeting } from "./meeting-queries.ts";
import { MotionResultView } from "./result-view.tsx";

const toMeasure = ({ heads, areaE4 }: Count): Measure => ({ heads: BigInt(heads), area: areaE4 });

const toParts = (tally: Tally): MotionTally => ({
  for: toMeasure(tally.for),
  against: toMeasure(tally.against),
  abstain: toMeasure(tally.abstain),
  invalid: toMeasure(tally.invalid),
});

/** A recounted motion in the shape in which results are shown. */
export function toMotionResult(recount: Recount, motion: Recount["motions"][number]): MotionResult {
  const { outcome, participating, tally, origins } = motion;
  return {
    outcome,
    total: { heads: BigInt(recount.voters), area: recount.totalAreaE4 },
    participating: toMeasure(participating),
    ...toParts(tally),
    origins: [
      { origin: "own", ...toParts(origins.own) },
      { origin: "paper", ...toParts(origins.paper) },
    ],
  };
}

/** The figures that this device counted itself; only the motions' titles come from the service. */
export function RecountFigures(props: {
  community: string;
  meeting: number;
  recount: Recount;
}): ReactNode {
  const { meeting: texts, check } = useAllMessages();
  const { community, meeting, recount } = props;
  const titles = useMeeting(community, meeting).data?.motions;
  return (
    <section className="section">
      <h2>{check.recount.figures}</h2>
      <ol className="motions">
        {recount.motions.map((motion, i) => (
          <li className="motion" key={i}>
            <p className="motion-number">{texts.motion(i + 1)}</p>
            <div className="motion-head">
              <h3>{titles?.[i]?.title ?? texts.items[motion.item]}</h3>
              <p className={`outcome outcome-${motion.outcome}`}>
                {texts.outcomes[motion.outcome]}
              </p>
            </div>
            <MotionResultView item={motion.item} result={toMotionResult(recount, motion)} />
          </li>
        ))}
      </ol>
    </section>
  );
}
