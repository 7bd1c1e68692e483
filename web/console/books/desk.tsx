import type { ReactNode } from "react";
import { formatCount, formatTime, formatYuan } from "../../language/format.ts";
import { useLanguage, useTexts } from "../../language/language.tsx";
import { TalkForm } from "../../assembly/talk-form.tsx";
import { FlagView, useFlags } from "../../fund/flags.tsx";
import { useMutation, useQueryClient } from "../../service/query.ts";
import { Fold } from "../../shell/fold.tsx";
import { Loading } from "../../shell/loading.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import { answerFlag, closeDraft, useDrafts, type Action, type Draft } from "./books.ts";
import { BooksForm } from "./form.tsx";
import { SettingsView } from "./settings.tsx";
import type { DeskProps } from "../officers-page.tsx";
import "../../style/fund.css";

type DraftEntry = Draft["preview"]["entries"][number];

function EntryPreview(props: { entry: DraftEntry }): ReactNode {
  const { fund } = useTexts("fund");
  const { kind, postings, units } = props.entry;
  const kinds: Record<string, string> = fund.words.kinds;
  return (
    <li>
      {kinds[kind] ?? kind}{" "}
      {units > 0 && <span className="soft small">{fund.units(formatCount(units))}</span>}
      <ul className="small">
        {postings.map(({ account, amount }) => (
          <li key={account}>
            {fund.accounts[account] ?? account.split(":").at(-1)}{" "}
            {amount > 0n ? fund.debit : fund.credit}{" "}
            <span className="number nowrap">{formatYuan(amount < 0n ? -amount : amount)}</span>
          </li>
        ))}
      </ul>
    </li>
  );
}

const WORDS = ["date", "to", "from", "narration", "reason", "number"] as const;

function Closing(props: { community: string; draft: Draft }): ReactNode {
  const { treasury } = useTexts("treasury");
  const queries = useQueryClient();
  const { community, draft } = props;
  const closing = useMutation({
    mutationFn: (how: "confirmation" | "withdrawal") => closeDraft(community, draft.id, how),
    onSettled: () => queries.invalidateQueries({ queryKey: ["fund", community] }),
  });
  return (
    <>
      {draft.mine && <p className="state">… {treasury.drafts.waitsForOther}</p>}
      {closing.isError && <ProblemView error={closing.error} />}
      <div className="actions">
        {!draft.mine && (
          <button
            type="button"
            className="button button-main"
            disabled={closing.isPending}
            onClick={() => closing.mutate("confirmation")}
          >
            {treasury.drafts.confirm}
          </button>
        )}
        <button
          type="button"
          className="button button-quiet"
          disabled={closing.isPending}
          onClick={() => closing.mutate("withdrawal")}
        >
          {treasury.drafts.withdraw}
        </button>
      </div>
    </>
  );
}

/** What was entered, what it will do as the rehearsal showed, and whose turn it is. */
function DraftView(props: { community: string; draft: Draft }): ReactNode {
  const { treasury } = useTexts("treasury");
  const { language } = useLanguage();
  const { draft } = props;
  const { action, terms, preview, state, createdAt } = draft;
  const words = WORDS.flatMap((name) => (name in terms ? [String(terms[name])] : []));
  return (
    <li className="task stack" data-draft={action} data-state={state}>
      <p>
        <strong>{treasury.actions[action as Action] ?? action}</strong> {words.join(" · ")}
      </p>
      {action === "settings" && <SettingsView terms={terms} />}
      <ul>
        {preview.entries.map((entry, i) => (
          <EntryPreview key={i} entry={entry} />
        ))}
      </ul>
      {state === "waiting" ? (
        <Closing {...props} />
      ) : (
        <p className={state === "done" ? "state state-done" : "soft"}>
          {treasury.drafts.states[state]}
        </p>
      )}
      <p className="soft small">{formatTime(createdAt, language)}</p>
    </li>
  );
}

function Drafts(props: { community: string }): ReactNode {
  const { treasury } = useTexts("treasury");
  const { community } = props;
  const drafts = useDrafts(community);
  if (drafts.isPending) return <Loading />;
  if (drafts.isError) return <ProblemView error={drafts.error} />;
  const waiting = drafts.data.filter(({ state }) => state === "waiting");
  const closed = drafts.data.filter(({ state }) => state !== "waiting");
  return (
    <section className="section stack">
      <h2>{treasury.drafts.title}</h2>
      {waiting.length === 0 && <p className="empty">{treasury.drafts.none}</p>}
      <ul>
        {waiting.map((draft) => (
          <DraftView key={draft.id} community={community} draft={draft} />
        ))}
      </ul>
      {closed.length > 0 && (
        <Fold title={treasury.drafts.closed(formatCount(closed.length))}>
          <ul>
            {closed.map((draft) => (
              <DraftView key={draft.id} community={community} draft={draft} />
            ))}
          </ul>
        </Fold>
      )}
    </section>
  );
}

/** What the formulas found and nobody has answered. */
function OpenFlags(props: { community: string }): ReactNode {
  const { treasury, talk } = useTexts("treasury", "talk");
  const queries = useQueryClient();
  const { community } = props;
  const flags = useFlags(community);
  const open = flags.data?.filter(({ answers }) => answers.length === 0) ?? [];
  if (open.length === 0) return null;
  const answer = async (number: number, said: string): Promise<number> => {
    await answerFlag(community, number, said);
    queries.invalidateQueries({ queryKey: ["fund", community, "flags"] });
    return number;
  };
  return (
    <section className="section stack">
      <h2>{treasury.flags}</h2>
      <ul className="cards">
        {open.map((flag) => (
          <FlagView key={flag.number} community={community} flag={flag}>
            <TalkForm
              label={talk.desk.answer}
              hint={talk.desk.intro}
              send={talk.desk.send}
              onSend={(said) => answer(flag.number, said)}
            />
          </FlagView>
        ))}
      </ul>
    </section>
  );
}

/** The books at the officers' desk: what waits for a second pair of eyes, and what the committee enters. */
export function BooksDesk(props: DeskProps): ReactNode {
  const { community, desk } = props;
  const isCommittee = desk.officer.roles.includes("committee");
  return (
    <>
      <Drafts community={community} />
      {isCommittee && <BooksForm community={community} />}
      {isCommittee && <OpenFlags community={community} />}
    </>
  );
}
