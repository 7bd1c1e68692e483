import { useState, type ReactNode } from "react";
import { formatCount, formatDay, formatYuan } from "../../language/format.ts";
import { useLanguage, useTexts } from "../../language/language.tsx";
import type { Language } from "../../language/preference.ts";
import { useMutation, useQueryClient } from "../../service/query.ts";
import { TextField } from "../../shell/field.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import {
  bankKey,
  ignoreLines,
  linkLines,
  useOpenEntries,
  useOpenLines,
  useSuggestions,
  type BankAccount,
  type Link,
  type OpenEntry,
  type OpenLine,
} from "./bank.ts";

interface LinksProps {
  readonly community: string;
  readonly account: BankAccount;
}

interface Picked {
  readonly lines: readonly number[];
  readonly entries: readonly number[];
}

const NOTHING: Picked = { lines: [], entries: [] };

const toggle = (list: readonly number[], item: number): number[] =>
  list.includes(item) ? list.filter((other) => other !== item) : [...list, item];

/** What one line or entry says of itself. */
interface Item {
  readonly number: number;
  readonly label: string;
  readonly amount: bigint;
}

function Pick(props: {
  title: string;
  none: string;
  name: string;
  items: readonly Item[];
  picked: readonly number[];
  onPick: (picked: number[]) => void;
}): ReactNode {
  const { title, none, name, items, picked, onPick } = props;
  return (
    <fieldset className="stack">
      <legend className="field-label">
        {title} ({formatCount(items.length)})
      </legend>
      {items.length === 0 && <p className="soft">{none}</p>}
      {items.map(({ number, label, amount }) => (
        <label key={number} className="pick" data-open={`${name} ${number}`}>
          <input
            type="checkbox"
            checked={picked.includes(number)}
            onChange={() => onPick(toggle(picked, number))}
          />
          <span>{label}</span>
          <span className="number nowrap">{formatYuan(amount)}</span>
        </label>
      ))}
    </fieldset>
  );
}

const toLineItem = ({ line, date, amount, details }: OpenLine, language: Language): Item => ({
  number: line,
  label: [formatDay(date, language), details?.counterparty, details?.text]
    .filter(Boolean)
    .join(" · "),
  amount,
});

const toEntryItem = ({ entry, date, amount, narration }: OpenEntry, language: Language): Item => ({
  number: entry,
  label: `${formatDay(date, language)} · ${narration}`,
  amount,
});

function useSettling(community: string, onDone: () => void) {
  const queries = useQueryClient();
  const onSuccess = (): void => {
    queries.invalidateQueries({ queryKey: bankKey(community) });
    onDone();
  };
  const linking = useMutation({
    mutationFn: (link: Link) => linkLines(community, link),
    onSuccess,
  });
  const ignoring = useMutation({
    mutationFn: (ignored: { account: number; lines: readonly number[]; reason: string }) =>
      ignoreLines(community, ignored),
    onSuccess,
  });
  return { linking, ignoring, isBusy: linking.isPending || ignoring.isPending };
}

/** Equal amounts within a few days, one press each. */
function Suggestions(props: LinksProps & { onLink: (link: Link) => void }): ReactNode {
  const { treasury } = useTexts("treasury");
  const suggestions = useSuggestions(props.community);
  const { account } = props.account;
  const own = suggestions.data?.filter((found) => found.account === account) ?? [];
  if (own.length === 0) return null;
  return (
    <div className="stack">
      <h3>{treasury.links.suggested}</h3>
      <ul className="checks">
        {own.map(({ lines, entries, amount, days }) => (
          <li key={lines.join()} data-suggested={lines.join(" ")}>
            {treasury.links.suggestion(lines.join(", "), entries.join(", "), String(days))}{" "}
            <span className="number nowrap">{formatYuan(amount)}</span>{" "}
            <button
              type="button"
              className="button button-quiet"
              onClick={() => props.onLink({ account, lines, entries })}
            >
              {treasury.links.accept}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function IgnoreForm(props: { isBusy: boolean; onIgnore: (reason: string) => void }): ReactNode {
  const { treasury } = useTexts("treasury");
  const [reason, setReason] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onIgnore(reason);
      }}
    >
      <TextField
        label={treasury.links.reason}
        hint={treasury.links.reasonHint}
        value={reason}
        onChange={setReason}
        required
      />
      <div className="actions">
        <button type="submit" className="button" disabled={props.isBusy}>
          {treasury.links.ignore}
        </button>
      </div>
    </form>
  );
}

interface OpenItems {
  readonly lines: readonly OpenLine[];
  readonly entries: readonly OpenEntry[];
}

/** Picks what is the same money, or belongs to no entry. */
function Settling(props: LinksProps & { items: OpenItems }): ReactNode {
  const { treasury } = useTexts("treasury");
  const { language } = useLanguage();
  const { community, items } = props;
  const { account } = props.account;
  const [picked, setPicked] = useState(NOTHING);
  const { linking, ignoring, isBusy } = useSettling(community, () => setPicked(NOTHING));
  const { lines, entries } = picked;
  return (
    <>
      <Suggestions {...props} onLink={(link) => linking.mutate(link)} />
      <Pick
        title={treasury.links.lines}
        none={treasury.links.noLines}
        name="line"
        items={items.lines.map((line) => toLineItem(line, language))}
        picked={lines}
        onPick={(chosen) => setPicked({ lines: chosen, entries })}
      />
      <Pick
        title={treasury.links.entries}
        none={treasury.links.noEntries}
        name="entry"
        items={items.entries.map((entry) => toEntryItem(entry, language))}
        picked={entries}
        onPick={(chosen) => setPicked({ lines, entries: chosen })}
      />
      {linking.isError && <ProblemView error={linking.error} />}
      {ignoring.isError && <ProblemView error={ignoring.error} />}
      {lines.length + entries.length > 1 && (
        <LinkButton isBusy={isBusy} onLink={() => linking.mutate({ account, ...picked })} />
      )}
      {lines.length > 0 && entries.length === 0 && (
        <IgnoreForm
          isBusy={isBusy}
          onIgnore={(reason) => ignoring.mutate({ account, lines, reason })}
        />
      )}
    </>
  );
}

function LinkButton(props: { isBusy: boolean; onLink: () => void }): ReactNode {
  const { treasury } = useTexts("treasury");
  return (
    <div className="actions">
      <button
        type="button"
        className="button button-main"
        disabled={props.isBusy}
        onClick={props.onLink}
      >
        {treasury.links.link}
      </button>
    </div>
  );
}

/** Lines of the bank and entries that nobody has put together yet. */
export function BankLinks(props: LinksProps): ReactNode {
  const { treasury } = useTexts("treasury");
  const { community, account } = props;
  const lines = useOpenLines(community, account.account);
  const entries = useOpenEntries(community);
  if (lines.isError) return <ProblemView error={lines.error} />;
  if (entries.isError) return <ProblemView error={entries.error} />;
  if (!lines.data || !entries.data) return null;
  const own = entries.data.filter(({ fund }) => fund === account.fund);
  return (
    <section className="section stack">
      <h2>{treasury.links.title}</h2>
      <Settling {...props} items={{ lines: lines.data, entries: own }} />
    </section>
  );
}
