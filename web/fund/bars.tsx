import type { ReactNode } from "react";
import { formatShare, formatYuan, toPercentage } from "../language/format.ts";

export interface Bar {
  readonly name: string;
  readonly note: string;
  readonly amount: bigint;
}

/**
 * Amounts beside one another, the largest first, each with its figure and its share: a list that a reader of screens
 * hears and a sheet of paper shows in black. What goes out is hatched, what comes in is solid.
 */
export function Bars(props: {
  title: string;
  bars: readonly Bar[];
  side: "in" | "out";
}): ReactNode {
  const { title, bars, side } = props;
  const sorted = bars.toSorted((a, b) => (a.amount < b.amount ? 1 : -1));
  const total = sorted.reduce((sum, { amount }) => sum + amount, 0n);
  const largest = sorted[0]?.amount ?? 0n;
  if (sorted.length === 0) return null;
  return (
    <figure className="bars">
      <figcaption>{title}</figcaption>
      <ul>
        {sorted.map(({ name, note, amount }) => (
          <li key={name}>
            <span className="bars-name">
              {name} <span className="soft small">{note}</span>
            </span>
            <span className="bars-amount number">
              {formatYuan(amount)} <span className="soft small">{formatShare(amount, total)}</span>
            </span>
            <svg
              className={`bar bar-${side}`}
              viewBox="0 0 100 10"
              preserveAspectRatio="none"
              aria-hidden="true"
            >
              <rect className="bar-ground" x="0" y="0" width="100" height="10" />
              <rect
                className="bar-part"
                x="0"
                y="0"
                width={toPercentage(amount, largest)}
                height="10"
              />
            </svg>
          </li>
        ))}
      </ul>
    </figure>
  );
}
