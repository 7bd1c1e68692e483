import type { ReactNode } from "react";
import { formatYuan } from "../language/format.ts";
import { useTexts } from "../language/language.tsx";
import type { Project } from "./project-queries.ts";
import "../style/project.css";

/** Approved, contracted, paid: side by side, so that one larger than the one before is seen. */
export function ProjectGlance(props: { glance: Project["glance"] }): ReactNode {
  const { projects } = useTexts("projects");
  const { approved, contracted, paid } = props.glance;
  const rows = [
    [projects.approved, approved],
    [projects.contracted, contracted],
    [projects.paid, paid],
  ] as const;
  return (
    <dl className="glance">
      {rows.map(([label, fen]) => (
        <div key={label}>
          <dt className="soft small">{label}</dt>
          <dd className="number nowrap">{fen === undefined ? "—" : formatYuan(fen)}</dd>
        </div>
      ))}
    </dl>
  );
}
