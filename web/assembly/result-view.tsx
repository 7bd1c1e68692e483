import type { ReactNode } from "react";
import { formatArea, formatCount, formatShare } from "../language/format.ts";
import { useMessages, useTexts } from "../language/language.tsx";
import { Fold } from "../shell/fold.tsx";
import { marginSentence } from "./margin.ts";
import { CHOICES, type Choice, type MotionResult, type MotionTally } from "./meeting.ts";
import type { Measure } from "../../protocol/assembly/count/rule.ts";

function Amount(props: { value: string; share?: string }): ReactNode {
  return (
    <td>
      <span className="tally-amount">{props.value}</span>
      {props.share !== undefined && <span className="tally-share">{props.share}</span>}
    </td>
  );
}

function TallyRow(props: {
  label: string;
  part: Measure;
  whole: Measure;
  className?: string;
}): ReactNode {
  const { label, part, whole, className } = props;
  return (
    <tr {...(className ? { className } : {})}>
      <th scope="row">{label}</th>
      <Amount value={formatCount(part.heads)} share={formatShare(part.heads, whole.heads)} />
      <Amount value={formatArea(part.area)} share={formatShare(part.area, whole.area)} />
    </tr>
  );
}

function TallyHead(): ReactNode {
  const { shell } = useMessages();
  return (
    <thead>
      <tr>
        <td />
        <th scope="col">{shell.headsColumn}</th>
        <th scope="col">{shell.areaColumn}</th>
      </tr>
    </thead>
  );
}

function shownChoices(tally: MotionTally): readonly Choice[] {
  return CHOICES.filter((choice) => choice !== "invalid" || tally.invalid.heads > 0n);
}

/** One motion's figures in the order of the official bulletin: participants, then the options among them. */
function TallyTable(props: { result: MotionResult }): ReactNode {
  const { meeting } = useTexts("meeting");
  const { result } = props;
  return (
    <table className="tally">
      <TallyHead />
      <tbody>
        <TallyRow
          className="tally-total"
          label={meeting.participating}
          part={result.participating}
          whole={result.total}
        />
        {shownChoices(result).map((choice) => (
          <TallyRow
            key={choice}
            label={meeting.choices[choice]}
            part={result[choice]}
            whole={result.participating}
          />
        ))}
      </tbody>
    </table>
  );
}

function OriginsTable(props: { result: MotionResult }): ReactNode {
  const { meeting } = useTexts("meeting");
  return (
    <Fold title={meeting.originsTitle}>
      {props.result.origins.map(({ origin, ...tally }) => (
        <table className="tally" key={origin}>
          <caption>{meeting.origins[origin]}</caption>
          <TallyHead />
          <tbody>
            {shownChoices(tally).map((choice) => (
              <tr key={choice}>
                <th scope="row">{meeting.choices[choice]}</th>
                <Amount value={formatCount(tally[choice].heads)} />
                <Amount value={formatArea(tally[choice].area)} />
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </Fold>
  );
}

export function MotionResultView(props: { item: number; result: MotionResult }): ReactNode {
  const { meeting } = useTexts("meeting");
  const { item, result } = props;
  return (
    <>
      <TallyTable result={result} />
      <p className="margin">{marginSentence(meeting.margin, item, result)}</p>
      <OriginsTable result={result} />
    </>
  );
}
