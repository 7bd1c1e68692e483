import { useState, type ReactNode } from "react";
import { formatCount, formatTime, formatYuan } from "../../language/format.ts";
import { useLanguage, useTexts } from "../../language/language.tsx";
import { useMutation, useQueryClient } from "../../service/query.ts";
import { TextField } from "../../shell/field.tsx";
import { Fold } from "../../shell/fold.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import {
  bankKey,
  undoReconciliation,
  useReconciliations,
  type BankAccount,
  type Reconciliation,
} from "./bank.ts";

/** Takes a link or an ignoring back, with the reason that everybody reads. */
function UndoForm(props: { community: string; settled: Reconciliation }): ReactNode {
  const { links } = useTexts("treasury").treasury;
  const queries = useQueryClient();
  const { community, settled } = props;
  const [reason, setReason] = useState("");
  const undoing = useMutation({
    mutationFn: () => undoReconciliation(community, settled.number, reason),
    onSettled: () => queries.invalidateQueries({ queryKey: bankKey(community) }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        undoing.mutate();
      }}
    >
      <TextField
        label={links.undoReason}
        hint={links.reasonHint}
        value={reason}
        onChange={setReason}
        required
      />
      {undoing.isError && <ProblemView error={undoing.error} />}
      <div className="actions">
        <button type="submit" className="button" disabled={undoing.isPending}>
          {links.undo}
        </button>
      </div>
    </form>
  );
}

function Settled(props: { community: string; settled: Reconciliation }): ReactNode {
  const { links } = useTexts("treasury").treasury;
  const { language } = useLanguage();
  const { community, settled } = props;
  const { number, action, lines, entries, sum, reason, at } = settled;
  const words =
    action === "link"
      ? links.linked(lines.join(", "), entries.join(", "))
      : links.ignored(lines.join(", "), reason ?? "");
  return (
    <li className="stack" data-settled={number}>
      <Fold
        title={
          <>
            {words} <span className="number nowrap">{formatYuan(sum)}</span>{" "}
            <span className="soft small">{formatTime(at, language)}</span>
          </>
        }
      >
        <UndoForm community={community} settled={settled} />
      </Fold>
    </li>
  );
}

/** The newest lines that were put together or ignored, each of which can be taken back once. */
export function BankSettled(props: { community: string; account: BankAccount }): ReactNode {
  const { links } = useTexts("treasury").treasury;
  const { community, account } = props;
  const all = useReconciliations(community).data ?? [];
  const undone = new Set(all.map(({ undoes }) => undoes));
  const standing = all.filter(
    ({ number, action, account: own }) =>
      own === account.account && action !== "undo" && !undone.has(number),
  );
  if (standing.length === 0) return null;
  return (
    <Fold title={links.settled(formatCount(standing.length))}>
      <ul>
        {standing.map((settled) => (
          <Settled key={settled.number} community={community} settled={settled} />
        ))}
      </ul>
    </Fold>
  );
}
