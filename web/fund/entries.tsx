import { useState, type ReactNode } from "react";
import { ENTRY_KINDS } from "../../protocol/anchor/record/kinds.ts";
import { useTexts } from "../language/language.tsx";
import { Choice } from "../shell/field.tsx";
import { Loading } from "../shell/loading.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { useEntries, useEntry, type EntryQuery, type Span } from "./books.ts";
import { EntryView } from "./entry-view.tsx";

/** One entry that another one or a flag is about. */
function OneEntry(props: {
  community: string;
  number: number;
  onShow: (number: number | undefined) => void;
}): ReactNode {
  const { fund } = useTexts("fund");
  const { community, number, onShow } = props;
  const entry = useEntry(community, number);
  return (
    <div className="note stack" data-shown-entry={number}>
      {entry.isError && <ProblemView error={entry.error} />}
      {entry.data && (
        <ul>
          <EntryView key={number} community={community} entry={entry.data} onShow={onShow} open />
        </ul>
      )}
      <button type="button" className="button button-quiet" onClick={() => onShow(undefined)}>
        {fund.close}
      </button>
    </div>
  );
}

function Page(props: {
  community: string;
  query: EntryQuery;
  onShow: (number: number) => void;
  onOlder: (before: number) => void;
}): ReactNode {
  const { fund } = useTexts("fund");
  const { community, query, onShow, onOlder } = props;
  const page = useEntries(community, query);
  if (page.isPending) return <Loading />;
  if (page.isError) return <ProblemView error={page.error} onRetry={() => void page.refetch()} />;
  const { items, next } = page.data;
  if (items.length === 0) return <p className="empty">{fund.noEntries}</p>;
  return (
    <>
      <ul className="entries">
        {items.map((entry) => (
          <EntryView key={entry.number} community={community} entry={entry} onShow={onShow} />
        ))}
      </ul>
      {next !== undefined && (
        <div className="actions screen-only">
          <button type="button" className="button" onClick={() => onOlder(next)}>
            {fund.older}
          </button>
        </div>
      )}
    </>
  );
}

function Filters(props: {
  fund: string;
  kind: string;
  onChange: (filter: { fund: string; kind: string }) => void;
}): ReactNode {
  const { fund: texts } = useTexts("fund");
  const { fund, kind, onChange } = props;
  return (
    <div className="field-row screen-only">
      <Choice
        label={texts.whichFund}
        value={fund}
        options={[["", texts.all], ...Object.entries(texts.words.funds)]}
        onChange={(chosen) => onChange({ fund: chosen, kind })}
      />
      <Choice
        label={texts.whichKind}
        value={kind}
        options={[["", texts.all], ...ENTRY_KINDS.map((k) => [k, texts.words.kinds[k]] as const)]}
        onChange={(chosen) => onChange({ fund, kind: chosen })}
      />
    </div>
  );
}

/** All entries of the chosen days, a page at a time. */
export function Entries(props: {
  community: string;
  span: Span;
  shown: number | undefined;
  onShow: (number: number | undefined) => void;
}): ReactNode {
  const { fund: texts } = useTexts("fund");
  const { community, span, shown, onShow } = props;
  const [filter, setFilter] = useState({ fund: "", kind: "" });
  const [before, setBefore] = useState<number>();
  return (
    <section className="section stack" id="entries">
      <h2 className="ruled">{texts.entries}</h2>
      <Filters
        {...filter}
        onChange={(chosen) => {
          setFilter(chosen);
          setBefore(undefined);
        }}
      />
      {shown !== undefined && <OneEntry community={community} number={shown} onShow={onShow} />}
      {before !== undefined && (
        <button
          type="button"
          className="button button-quiet screen-only"
          onClick={() => setBefore(undefined)}
        >
          {texts.newest}
        </button>
      )}
      <Page
        community={community}
        query={{ ...span, ...filter, before }}
        onShow={onShow}
        onOlder={setBefore}
      />
    </section>
  );
}
