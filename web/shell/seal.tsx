import type { ReactNode } from "react";
import { useMessages } from "../language/language.tsx";
import "../style/verdict.css";
import "../style/seal.css";

/** The one vermilion thing: stands only beside what this device has checked itself and found to agree. */
export function Seal(props: { small?: boolean }): ReactNode {
  const { verdict } = useMessages();
  const [a, b, c, d] = verdict.seal;
  return (
    <svg
      className={props.small ? "seal seal-small" : "seal"}
      viewBox="0 0 100 100"
      role="img"
      aria-label={verdict.sealLabel}
    >
      <rect className="seal-frame" x="4" y="4" width="92" height="92" rx="6" />
      {/* Two rows from left to right, as people read today; old seals run the other way. */}
      <g aria-hidden="true" lang="zh-CN">
        <text x="29" y="45">
          {a}
        </text>
        <text x="71" y="45">
          {b}
        </text>
        <text x="29" y="84">
          {c}
        </text>
        <text x="71" y="84">
          {d}
        </text>
      </g>
    </svg>
  );
}
