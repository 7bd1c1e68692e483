import type { ReactNode } from "react";
import { formatCount } from "../language/format.ts";
import { useTexts } from "../language/language.tsx";
import { communityPath } from "../registry/community.ts";
import { groupByRow, type Finding, type Inspection, type RowFindings } from "./integrity.ts";
import { nameOfField, nameOfTable } from "./names.ts";

/** What is recorded and what was found instead, where everybody may read it. */
function Values(props: { finding: Finding }): ReactNode {
  const { audit } = useTexts("audit");
  const { expected, found } = props.finding;
  if (expected === undefined || found === undefined) {
    return <p className="soft small">{audit.withheld}</p>;
  }
  return (
    <dl className="facts facts-compared">
      <div className="facts-row">
        <dt>{audit.expected}</dt>
        <dd className="mono">{expected || "—"}</dd>
      </div>
      <div className="facts-row">
        <dt>{audit.found}</dt>
        <dd className="mono">{found || "—"}</dd>
      </div>
    </dl>
  );
}

function FieldLine(props: { finding: Finding }): ReactNode {
  const { audit } = useTexts("audit");
  const { kind, field } = props.finding;
  return (
    <li className="difference-field" data-field={field ?? ""} data-kind={kind}>
      <p>
        {field !== undefined && (
          <>
            <strong>{nameOfField(audit, field)}</strong>{" "}
            <span className="mono soft">{field}</span>{" "}
          </>
        )}
        {audit.findings[kind]}
      </p>
      {kind === "differs" && <Values finding={props.finding} />}
    </li>
  );
}

function RowCard(props: { community: string; item: RowFindings }): ReactNode {
  const { audit } = useTexts("audit");
  const { community, item } = props;
  const { table, row, findings } = item;
  const isRecord = table === "Record" && /^\d+$/.test(row);
  return (
    <li className="difference" data-difference={table} data-row={row}>
      <h3>{nameOfTable(audit, table)}</h3>
      <p className="soft small">
        {audit.place} <span className="mono">{`${table} ${row}`}</span>
      </p>
      <ul className="stack">
        {findings.map((finding, i) => (
          <FieldLine key={`${i} ${finding.field}`} finding={finding} />
        ))}
      </ul>
      {isRecord && (
        <p>
          <a href={communityPath(community, `/records/${row}`)}>{audit.openRecord}</a>
        </p>
      )}
    </li>
  );
}

/** Everything that is not as it was recorded, row by row and field by field. */
export function Differences(props: { community: string; last: Inspection }): ReactNode {
  const { audit } = useTexts("audit");
  const { findings, found } = props.last;
  const rows = groupByRow(findings);
  return (
    <section className="section stack">
      <h2 className="ruled">{audit.differences}</h2>
      <p>{audit.differencesHint}</p>
      <ul className="differences">
        {rows.map((item) => (
          <RowCard key={`${item.table} ${item.row}`} community={props.community} item={item} />
        ))}
      </ul>
      {found > findings.length && (
        <p className="soft">{audit.further(formatCount(found - findings.length))}</p>
      )}
    </section>
  );
}
