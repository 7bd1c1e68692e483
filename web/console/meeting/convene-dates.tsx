import { useState, type ReactNode } from "react";
import { formatTime } from "../../language/format.ts";
import { useLanguage, useTexts } from "../../language/language.tsx";
import { DraftField, RuleFields, type DraftProps } from "./convene-fields.tsx";
import { checkTimes, toChinaTime } from "./draft.ts";
import { Next } from "../wizard.tsx";

const WINDOW_SECONDS = 14 * 86_400;

/** Rules first, for the dates follow from them; dates that break the notice period go no further. */
export function DatesStep(props: DraftProps & { onNext: () => void }): ReactNode {
  const { convene } = useTexts("desk").desk;
  const { language } = useLanguage();
  const { draft, onChange, onNext } = props;
  const [now] = useState(() => Math.floor(Date.now() / 1000));
  const { earliest, advised, fault, countsFrom } = checkTimes(draft, now);
  const time = (at: number): string => formatTime(at, language);
  const faults = {
    missing: convene.datesMissing,
    noticeTooShort: convene.noticeTooShort(draft.noticeDays, time(earliest)),
    closesTooEarly: convene.closesTooEarly,
  };
  const why = fault
    ? faults[fault]
    : draft.source.trim() === ""
      ? convene.sourceMissing
      : undefined;
  return (
    <>
      <p className="note">{convene.datesWhy}</p>
      <RuleFields {...props} />
      <p className="section">{convene.earliest(draft.noticeDays, time(earliest), time(advised))}</p>
      <div className="actions">
        <button
          type="button"
          className="button"
          onClick={() =>
            onChange({
              opensAt: toChinaTime(advised),
              closesAt: toChinaTime(advised + WINDOW_SECONDS),
            })
          }
        >
          {convene.takeAdvised}
        </button>
      </div>
      <div className="field-row section">
        <DraftField {...props} name="opensAt" type="datetime-local" />
        <DraftField {...props} name="closesAt" type="datetime-local" />
      </div>
      {!fault && countsFrom !== undefined && (
        <p className="state state-done">✔ {convene.datesFit(time(countsFrom))}</p>
      )}
      <Next onNext={onNext} why={why} />
    </>
  );
}
