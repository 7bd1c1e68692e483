import type { ReactNode } from "react";
import type { Measure } from "../../protocol/assembly/count/rule.ts";
import { formatArea, formatCount, formatShare, toPercentage } from "../language/format.ts";
import { useMessages } from "../language/language.tsx";

/** A bar that says nothing that is not also printed: a part of a whole, with a threshold marked. */
function ShareBar(props: { part: bigint; whole: bigint; mark?: number }): ReactNode {
  const { part, whole, mark } = props;
  return (
    <svg className="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect className="bar-ground" x="0" y="0" width="100" height="10" />
      <rect className="bar-part" x="0" y="0" width={toPercentage(part, whole)} height="10" />
      {mark !== undefined && (
        <>
          <line className="bar-mark" x1={mark} x2={mark} y1="0" y2="10" />
          <line className="bar-mark-inner" x1={mark} x2={mark} y1="0" y2="10" />
        </>
      )}
    </svg>
  );
}

interface FigureProps {
  label: string;
  value: string;
  unit: string;
  part: bigint;
  whole?: bigint | undefined;
  wholeText?: string | undefined;
  mark?: number | undefined;
}

function Figure(props: FigureProps): ReactNode {
  const { part, whole, wholeText, mark } = props;
  return (
    <div className="figure">
      <p className="figure-label">{props.label}</p>
      <p className="figure-value">
        {props.value} <span className="figure-unit">{props.unit}</span>
      </p>
      {whole !== undefined && (
        <>
          <p className="figure-note number">
            {formatShare(part, whole)} <span className="nowrap">{wholeText}</span>
          </p>
          <ShareBar part={part} whole={whole} {...(mark === undefined ? {} : { mark })} />
        </>
      )}
    </div>
  );
}

/** Heads and area, always side by side; with their shares where a whole is given. */
export function Figures(props: { part: Measure; whole?: Measure; mark?: number }): ReactNode {
  const { shell } = useMessages();
  const { part, whole, mark } = props;
  return (
    <div className="figures">
      <Figure
        label={shell.heads}
        value={formatCount(part.heads)}
        unit={shell.headsUnit}
        part={part.heads}
        whole={whole?.heads}
        wholeText={whole && shell.of(formatCount(whole.heads))}
        mark={mark}
      />
      <Figure
        label={shell.area}
        value={formatArea(part.area)}
        unit={shell.areaUnit}
        part={part.area}
        whole={whole?.area}
        wholeText={whole && shell.of(formatArea(whole.area))}
        mark={mark}
      />
    </div>
  );
}
