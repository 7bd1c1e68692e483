import { useQuery } from "../../service/query.ts";
import type { ReactNode } from "react";
import { formatArea, formatCount } from "../../language/format.ts";
import { useTexts } from "../../language/language.tsx";
import { Fold } from "../../shell/fold.tsx";
import { Loading } from "../../shell/loading.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import { requestDifference, type RollDifference } from "./import.ts";

const SHOWN = 200;

function Units(props: { title: string; lines: readonly string[] }): ReactNode {
  const { difference } = useTexts("desk").desk;
  const { title, lines } = props;
  const count = formatCount(lines.length);
  if (lines.length === 0) return <p>{difference.none(title)}</p>;
  return (
    <Fold title={`${title} (${count})`}>
      <ul className="checks">
        {lines.slice(0, SHOWN).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {lines.length > SHOWN && <p className="soft small">{difference.first(formatCount(SHOWN))}</p>}
    </Fold>
  );
}

function Totals(props: { difference: RollDifference }): ReactNode {
  const { desk, shell } = useTexts("desk");
  const { before, after } = props.difference;
  const rows = [
    ...(before ? [[desk.difference.before, before] as const] : []),
    [desk.difference.after, after] as const,
  ];
  return (
    <dl className="facts">
      {rows.map(([label, { units, heads, area }]) => (
        <div className="facts-row" key={label}>
          <dt>{label}</dt>
          <dd className="number">
            {desk.difference.units(formatCount(units))} · {formatCount(heads)} {shell.headsUnit} ·{" "}
            {formatArea(area)} {shell.areaUnit}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Changes(props: { difference: RollDifference }): ReactNode {
  const { desk, shell } = useTexts("desk");
  const texts = desk.difference;
  const { roll, added, removed, areas, owners } = props.difference;
  if (roll === undefined) return <p>{texts.firstRoll}</p>;
  const square = (area: bigint): string => `${formatArea(area)} ${shell.areaUnit}`;
  return (
    <div className="stack">
      <Units title={texts.added} lines={added.map(({ unit, area }) => `${unit} ${square(area)}`)} />
      <Units
        title={texts.removed}
        lines={removed.map(({ unit, area }) => `${unit} ${square(area)}`)}
      />
      <Units
        title={texts.areas}
        lines={areas.map(
          ({ unit, before, after }) => `${unit} ${square(before)} → ${square(after)}`,
        )}
      />
      <Units title={texts.owners} lines={owners} />
    </div>
  );
}

/** What became otherwise since the last roll; `of` is an import or a roll. */
export function RollDifferenceView(props: { community: string; of: string }): ReactNode {
  const { community, of } = props;
  const difference = useQuery({
    queryKey: ["difference", community, of],
    queryFn: () => requestDifference(community, of),
    staleTime: Infinity,
  });
  if (difference.isPending) return <Loading />;
  if (difference.isError) return <ProblemView error={difference.error} />;
  return (
    <div data-difference={difference.data.roll ?? 0}>
      <Totals difference={difference.data} />
      <Changes difference={difference.data} />
    </div>
  );
}
