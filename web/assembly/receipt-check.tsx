import { useQuery, type UseQueryResult } from "../service/query.ts";
import { useState, type FormEvent, type ReactNode } from "react";
import { receiptNumber, type Receipt } from "../../protocol/assembly/receipt.ts";
import type { Report } from "../../protocol/verify/report.ts";
import { defaultNode } from "../chain/node-address.ts";
import { useTexts } from "../language/language.tsx";
import { Fold } from "../shell/fold.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { useStatus } from "../shell/status.ts";
import type { VerdictKind } from "../shell/verdict-kind.ts";
import { Verdict } from "../shell/verdict.tsx";
import { ReportView } from "./report-view.tsx";
import { checkReceipt, type CheckedReceipt } from "./check-receipt.ts";

function NodeChoice(props: { node: string; onNode: (node: string) => void }): ReactNode {
  const { shell, check } = useTexts("check");
  const [typed, setTyped] = useState("");
  const nodes = useStatus()?.nodes ?? [];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onNode(typed.trim() === "" ? defaultNode() : typed.trim());
  };
  return (
    <Fold
      title={`${check.ballot.node}${shell.colon}${props.node === defaultNode() ? check.ballot.nodeDefault : props.node}`}
    >
      <form onSubmit={submit}>
        <label className="field-label" htmlFor="node">
          {check.ballot.nodeOther}
        </label>
        <span className="field-hint" id="node-hint">
          {check.ballot.nodeHint}
        </span>
        <input
          id="node"
          className="input"
          type="url"
          inputMode="url"
          placeholder="https://"
          value={typed}
          aria-describedby="node-hint"
          list="nodes"
          onChange={({ target }) => setTyped(target.value)}
        />
        <datalist id="nodes">
          {nodes.map((known) => (
            <option key={known} value={known} />
          ))}
        </datalist>
        <p className="field-hint">
          {nodes.length > 0 ? check.ballot.nodesKnown(nodes.join(" ")) : check.ballot.nodesNone}
        </p>
        <div className="actions">
          <button type="submit" className="button">
            {check.ballot.run}
          </button>
        </div>
      </form>
    </Fold>
  );
}

/** Whether all that can be asked of a ballot before the count agrees; what the count made of it aside. */
function isAsSealed({ checks }: Report): boolean {
  return checks.every(({ name, status }) => status === "ok" || name === "receiptCounted");
}

function useSentence({ report, fate }: CheckedReceipt): [VerdictKind, string] {
  const { shell, check } = useTexts("check");
  if (!isAsSealed(report)) {
    const isFailed = report.verdict === "failed";
    return isFailed
      ? ["inconsistent", check.ballot.disagree]
      : ["unverifiable", check.ballot.cannot];
  }
  if (fate === undefined) {
    return ["consistent", `${check.ballot.agree}${shell.gap}${check.ballot.notOpened}`];
  }
  if (fate === "counted") return ["consistent", check.ballot.agreeCounted];
  return ["uncounted", check.ballot.agreeUncounted(check.codes[fate])];
}

function Answers(props: { receipt: Receipt }): ReactNode {
  const { vote, meeting } = useTexts("vote", "meeting");
  const [isShown, setShown] = useState(false);
  return (
    <>
      <button type="button" className="button button-quiet" onClick={() => setShown(!isShown)}>
        {isShown ? vote.receipt.hide : vote.receipt.show}
      </button>
      {isShown && (
        <ol className="choices">
          {props.receipt.answers.map((answer, i) => (
            <li key={i}>
              <span>{meeting.motion(i + 1)}</span>
              <span className="choice-answer">{vote.choices[answer]}</span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

function Checked(props: { checked: CheckedReceipt; receipt: Receipt }): ReactNode {
  const { checked, receipt } = props;
  const [kind, sentence] = useSentence(checked);
  return (
    <>
      <Verdict kind={kind} sentence={sentence} checked={checked} />
      <Answers receipt={receipt} />
      <ReportView report={checked.report} />
    </>
  );
}

function Outcome(props: { answer: UseQueryResult<CheckedReceipt>; receipt: Receipt }): ReactNode {
  const { check } = useTexts("check");
  const { answer, receipt } = props;
  if (answer.isPending) {
    return (
      <div role="status">
        <p>{check.ballot.running}</p>
        <progress className="progress" aria-label={check.ballot.running} />
      </div>
    );
  }
  if (answer.isError) {
    return <ProblemView error={answer.error} onRetry={() => void answer.refetch()} />;
  }
  return <Checked checked={answer.data} receipt={receipt} />;
}

/** Checks one receipt against the chain, read from the service's window or from a node that the reader names. */
export default function ReceiptCheck(props: { receipt: Receipt }): ReactNode {
  const { vote } = useTexts("vote");
  const { receipt } = props;
  const [node, setNode] = useState(defaultNode);
  const answer = useQuery({
    queryKey: ["check-receipt", receipt.leaf, node],
    queryFn: () => checkReceipt(receipt, node),
    retry: false,
    staleTime: 0,
  });
  return (
    <section className="section stack">
      <div>
        <p className="soft">{vote.receipt.number}</p>
        <p className="receipt-number">{receiptNumber(receipt.leaf)}</p>
      </div>
      <Outcome answer={answer} receipt={receipt} />
      <NodeChoice node={node} onNode={setNode} />
    </section>
  );
}
