import type { ReactNode } from "react";
import { nameMovement } from "../../protocol/fund/report/words.ts";
import { documentUrl } from "../anchor/documents.ts";
import { formatCount, formatDay, formatGroups, formatYuan } from "../language/format.ts";
import { useLanguage, useTexts } from "../language/language.tsx";
import { communityPath } from "../registry/community.ts";
import { DisputeMaker } from "../assembly/dispute-maker.tsx";
import { Fold } from "../shell/fold.tsx";
import type { Entry } from "./books.ts";

const MONEY = new Set(["maintenance:bank", "maintenance:investments", "income:bank"]);

/** What an entry brought in or took out; moving money between bank and bonds does neither. */
export function flowOf(entry: Pick<Entry, "postings">): bigint {
  return entry.postings
    .filter(({ account }) => MONEY.has(account))
    .reduce((sum, { amount }) => sum + amount, 0n);
}

/** With its sign, so that in and out are told apart without colour. */
export function signed(amount: bigint): string {
  if (amount === 0n) return "—";
  return amount > 0n ? `+${formatYuan(amount)}` : formatYuan(amount);
}

function Postings(props: { entry: Entry }): ReactNode {
  const { fund } = useTexts("fund");
  const { postings } = props.entry;
  return (
    <table className="plain-table">
      <thead>
        <tr>
          <th scope="col">{fund.account}</th>
          <th scope="col" className="number">
            {fund.debit}
          </th>
          <th scope="col" className="number">
            {fund.credit}
          </th>
        </tr>
      </thead>
      <tbody>
        {postings.map(({ account, amount }) => (
          <tr key={account}>
            <th scope="row">{fund.accounts[account] ?? account.split(":").at(-1)}</th>
            <td className="number">{amount > 0n ? formatYuan(amount) : ""}</td>
            <td className="number">{amount < 0n ? formatYuan(-amount) : ""}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface EntryProps {
  readonly community: string;
  readonly entry: Entry;
  /** Shows another entry that this one is about. */
  readonly onShow: (number: number) => void;
}

function Links(props: EntryProps): ReactNode {
  const { fund } = useTexts("fund");
  const { entry, onShow } = props;
  const { reverses, reversedBy, linked } = entry;
  const link = (number: number, words: string): ReactNode => (
    <button
      key={number}
      type="button"
      className="button button-quiet"
      onClick={() => onShow(number)}
    >
      {words}
    </button>
  );
  return (
    <>
      {reverses !== undefined && link(reverses, fund.reverses(formatCount(reverses)))}
      {reversedBy !== undefined && link(reversedBy, fund.reversedBy(formatCount(reversedBy)))}
      {linked.map((number) => link(number, fund.linked(formatCount(number))))}
    </>
  );
}

function Papers(props: EntryProps): ReactNode {
  const { fund } = useTexts("fund");
  const { community, entry } = props;
  const { schedule, documents, recordIndex, leaf } = entry;
  return (
    <ul className="papers small">
      {schedule && (
        <li>
          <a href={documentUrl(community, schedule)}>{fund.schedule}</a>
        </li>
      )}
      {documents.map((sha256, i) => (
        <li key={sha256}>
          <a href={documentUrl(community, sha256)}>{fund.document(formatCount(i + 1))}</a>
        </li>
      ))}
      <li>
        <a href={communityPath(community, `/records/${recordIndex}`)}>
          {fund.record(formatCount(recordIndex))}
        </a>{" "}
        <span className="mono soft">{formatGroups(leaf, 16)}</span>
      </li>
    </ul>
  );
}

/** An entry in one line, and all about it below. */
export function EntryView(props: EntryProps & { open?: boolean }): ReactNode {
  const { fund } = useTexts("fund");
  const { language } = useLanguage();
  const { entry, open = false } = props;
  const { number, date, occurred, narration, kind, category, reversedBy, reason, units } = entry;
  const title = (
    <span className="entry">
      <span className={reversedBy === undefined ? "entry-what" : "entry-what entry-reversed"}>
        {narration}
      </span>
      <span className="entry-flow number nowrap">{signed(flowOf(entry))}</span>
      <span className="entry-when soft small">
        {fund.words.entryNumber(formatCount(number))} · {formatDay(date, language)} ·{" "}
        {nameMovement(fund.words, { kind, category: category ?? null })}
        {reversedBy !== undefined && ` · ${fund.isReversed}`}
      </span>
    </span>
  );
  return (
    <li data-entry={number}>
      <Fold title={title} open={open}>
        <div className="stack">
          <Postings entry={entry} />
          {reason && <p>{fund.reason(reason)}</p>}
          {occurred && <p>{fund.occurred(formatDay(occurred, language))}</p>}
          {units > 0 && <p className="soft small">{fund.units(formatCount(units))}</p>}
          <Links {...props} />
          <Papers {...props} />
          <DisputeMaker community={props.community} complaint={{ kind: "entry", entry: number }} />
        </div>
      </Fold>
    </li>
  );
}
