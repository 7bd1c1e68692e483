import type { ReactNode } from "react";
import { formatCount, formatTime } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { Blocks } from "../shell/blocks.tsx";
import { Fold } from "../shell/fold.tsx";
import type { Inspection, KindState } from "./integrity.ts";
import { nameOfKind, nameOfTable } from "./names.ts";

function NotInspected(props: { items: Inspection["notInspected"] }): ReactNode {
  const { audit } = useTexts("audit");
  const groups = Map.groupBy(props.items, ({ why }) => why);
  const reasons: Partial<Record<string, string>> = audit.reasons;
  return (
    <Fold title={audit.notInspected(formatCount(props.items.length))}>
      <dl className="stack">
        {[...groups].map(([why, items]) => (
          <div key={why}>
            <dt>{reasons[why] ?? why}</dt>
            <dd className="soft small">
              {items
                .map(({ what, count }) => {
                  const name = nameOfTable(audit, what);
                  return count === undefined ? name : `${name} (${formatCount(count)})`;
                })
                .join(" · ")}
            </dd>
          </div>
        ))}
      </dl>
    </Fold>
  );
}

/** How things stand kind by kind: the types of records first, then what is kept beside the log. */
export function KindsTable(props: {
  kinds: readonly KindState[];
  last: Inspection | undefined;
}): ReactNode {
  const { audit } = useTexts("audit");
  const { language } = useLanguage();
  const { kinds, last } = props;
  const oldest = kinds
    .flatMap(({ oldestUnanchored }) => oldestUnanchored ?? [])
    .toSorted((a, b) => a.index - b.index)[0];
  const rowOf = (state: KindState): string[] => [
    nameOfKind(audit, state.kind),
    ...(["total", "matching", "pending", "mismatching", "missing", "unverifiable"] as const).map(
      (column) => formatCount(state[column]),
    ),
  ];
  const { name, ...columns } = audit.columns;
  const head = [name, ...Object.values(columns)];
  const [records, others] = [true, false].map((is) => kinds.filter((kind) => kind.isRecord === is));
  return (
    <section className="section stack kinds">
      <h2 className="ruled">{audit.byKind}</h2>
      <p className="soft small">
        {oldest
          ? audit.oldest(formatCount(oldest.index), formatTime(oldest.at, language))
          : audit.allAnchored}
      </p>
      <Blocks blocks={[{ kind: "table", head, rows: records!.map(rowOf) }]} />
      {others!.length > 0 && (
        <>
          <h3>{audit.beside}</h3>
          <Blocks blocks={[{ kind: "table", head, rows: others!.map(rowOf) }]} />
        </>
      )}
      {last && last.notInspected.length > 0 && <NotInspected items={last.notInspected} />}
    </section>
  );
}
