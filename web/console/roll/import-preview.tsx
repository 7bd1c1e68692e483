import type { ReactNode } from "react";
import { formatArea, formatCount } from "../../language/format.ts";
import { useTexts } from "../../language/language.tsx";
import { Figures } from "../../shell/figures.tsx";
import { Fold } from "../../shell/fold.tsx";
import type { ImportReport, Merged, Remark } from "./import.ts";

/** Faults whose figures help to find them. */
const TELLING = new Set(["UnitDuplicate", "TotalAreaDiffers", "TotalUnitsDiffer"]);

export function Remarks(props: { title: string; remarks: readonly Remark[] }): ReactNode {
  const { officers, shell } = useTexts("officers");
  const { title, remarks } = props;
  if (remarks.length === 0) return null;
  const faults: Record<string, string> = officers.import.faults;
  return (
    <section className="section">
      <h3>
        {title} ({formatCount(remarks.length)})
      </h3>
      <ul className="checks">
        {remarks.map(({ line, code, params }, i) => (
          <li key={`${line} ${code} ${i}`} data-remark={code}>
            <strong className="number">{officers.import.line(formatCount(line))}</strong>
            {shell.colon}
            {faults[code] ?? code}
            {TELLING.has(code) && (
              <span className="soft small"> {Object.values(params).map(String).join(" · ")}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function MergedOwners(props: { title: string; merged: readonly Merged[] }): ReactNode {
  const { officers, shell } = useTexts("officers");
  const { title, merged } = props;
  if (merged.length === 0) return null;
  return (
    <Fold title={`${title} (${formatCount(merged.length)})`}>
      <ul>
        {merged.map(({ owners, units, examples, area }) => (
          <li key={examples.join()}>
            {owners.join(" · ")} {officers.import.mergedText(formatCount(units))},{" "}
            {formatArea(area)} {shell.areaUnit}{" "}
            <span className="soft small">{examples.join(" ")}</span>
          </li>
        ))}
      </ul>
    </Fold>
  );
}

export function Buildings(props: { report: ImportReport }): ReactNode {
  const { officers, registry, shell } = useTexts("officers");
  return (
    <Fold title={officers.import.buildings}>
      <div
        className="scroll-table"
        tabIndex={0}
        role="region"
        aria-label={officers.import.buildings}
      >
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{registry.roll.building}</th>
              <th scope="col" className="number">
                {officers.import.units}
              </th>
              <th scope="col" className="number">
                {shell.headsColumn}
              </th>
              <th scope="col" className="number">
                {shell.areaColumn}
              </th>
            </tr>
          </thead>
          <tbody>
            {props.report.buildings.map(({ building, units, heads, area }) => (
              <tr key={building}>
                <th scope="row">{building}</th>
                <td className="number">{formatCount(units)}</td>
                <td className="number">{formatCount(heads)}</td>
                <td className="number">{formatArea(area)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Fold>
  );
}

/** What would come of the table: heads and area of those who vote, and all units. */
export function ImportPreview(props: { report: ImportReport }): ReactNode {
  const { officers, shell } = useTexts("officers");
  const { voters, votingArea, units, area } = props.report;
  return (
    <div className="section" data-import="clean">
      <Figures part={{ heads: BigInt(voters), area: votingArea }} />
      <p className="soft">
        {officers.import.units} {formatCount(units)} · {formatArea(area)} {shell.areaUnit}
      </p>
    </div>
  );
}
