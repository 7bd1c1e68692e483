import { useMutation, useQueryClient } from "../../service/query.ts";
import type { ReactNode } from "react";
import { formatTime } from "../../language/format.ts";
import { useLanguage, useTexts } from "../../language/language.tsx";
import { useCommunity } from "../../registry/community.ts";
import { Facts } from "../../shell/facts.tsx";
import { Fold } from "../../shell/fold.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import { SignedText } from "../../shell/signed-text.tsx";
import type { DeskProps } from "../officers-page.tsx";
import { openRoles, signProposal, whyNot, withdrawProposal, type Proposal } from "./proposals.ts";
import { RollDifferenceView } from "../roll/difference.tsx";
import { describeProposal, type Described } from "./summary.ts";
import "../../style/fund.css";

interface TaskProps extends DeskProps {
  readonly proposal: Proposal;
}

/** The signature, after the text; where it is not this officer's to give, the button says why it is off. */
function SignButton(props: TaskProps): ReactNode {
  const { desk: texts, officers } = useTexts("desk", "officers");
  const queries = useQueryClient();
  const { community: id, desk, proposal } = props;
  const community = useCommunity(id).data;
  const signing = useMutation({
    mutationFn: async () => community && signProposal(community, proposal, desk),
    onSettled: () => queries.invalidateQueries(),
  });
  const reason = whyNot(proposal, desk.officer);
  const why = reason && reason !== "closed" ? texts.todo.whyNot[reason] : undefined;
  return (
    <>
      {signing.isError && <ProblemView error={signing.error} />}
      {why && (
        <p className="soft" id={`why-${proposal.id}`}>
          {why}
        </p>
      )}
      <div className="actions">
        <button
          type="button"
          className="button button-main"
          disabled={!community || signing.isPending || reason !== undefined}
          {...(why ? { "aria-describedby": `why-${proposal.id}` } : {})}
          onClick={() => signing.mutate()}
        >
          {officers.sign}
        </button>
        <WithdrawButton {...props} />
      </div>
    </>
  );
}

function WithdrawButton(props: TaskProps): ReactNode {
  const { todo } = useTexts("desk").desk;
  const queries = useQueryClient();
  const { community, desk, proposal } = props;
  const withdrawing = useMutation({
    mutationFn: () => withdrawProposal(community, proposal.id),
    onSettled: () => queries.invalidateQueries(),
  });
  const mayWithdraw = desk.officer.roles.some((role) => ["registrar", "committee"].includes(role));
  if (!mayWithdraw) return null;
  return (
    <>
      <button
        type="button"
        className="button button-quiet"
        disabled={withdrawing.isPending}
        onClick={() => withdrawing.mutate()}
      >
        {todo.withdraw}
      </button>
      {withdrawing.isError && <ProblemView error={withdrawing.error} />}
    </>
  );
}

function ProposalState(props: { proposal: Proposal }): ReactNode {
  const { officers, refusals, registry } = useTexts("officers", "refusals");
  const { proposal } = props;
  const { state, failure } = proposal;
  const nameOf = (role: string): string => registry.roles[role] ?? role;
  if (failure) {
    return (
      <span className="state">
        ✘ {officers.failed} {refusals[failure]?.[0] ?? failure}
      </span>
    );
  }
  if (state === "open") {
    const roles = openRoles(proposal).map(nameOf).join(" · ");
    return <span className="state">… {officers.needs(roles)}</span>;
  }
  if (state === "withdrawn") return <span className="soft">{officers.withdrawn}</span>;
  return <span className="state state-done">✔ {officers.done}</span>;
}

/** Who did what when. */
function History(props: { proposal: Proposal }): ReactNode {
  const { desk, registry } = useTexts("desk");
  const { language } = useLanguage();
  const { createdByTitle, createdAt, attestations, state, closedAt } = props.proposal;
  const time = (at: number): string => formatTime(at, language);
  return (
    <ul className="deeds soft small" data-history>
      <li>{desk.todo.proposedBy(createdByTitle, time(createdAt))}</li>
      {attestations.map(({ officer, title, role, at }) => (
        <li key={officer}>{desk.todo.signedBy(title, registry.roles[role] ?? role, time(at))}</li>
      ))}
      {state === "withdrawn" && closedAt !== undefined && (
        <li>{desk.todo.withdrawnAt(time(closedAt))}</li>
      )}
    </ul>
  );
}

/** What a signer may want to see beside the figures. */
function Beside(props: TaskProps): ReactNode {
  const { desk: texts } = useTexts("desk");
  const { community, desk, proposal } = props;
  const { roll } = proposal.summary;
  const isReader = desk.officer.roles.some((role) => ["registrar", "committee"].includes(role));
  if (proposal.kind !== "freezeRoll" || typeof roll !== "number" || !isReader) return null;
  return (
    <Fold title={texts.difference.title}>
      <RollDifferenceView community={community} of={`rolls/${roll}`} />
    </Fold>
  );
}

/** Something to sign, or to wait for: what it means, then exactly what is signed. */
function OpenTask(props: TaskProps & { described: Described }): ReactNode {
  const { officers } = useTexts("officers");
  const { proposal, described, desk } = props;
  return (
    <>
      <h3>{described.title}</h3>
      <Facts rows={described.lines} />
      <Beside {...props} />
      <p>
        <ProposalState proposal={proposal} />
      </p>
      {whyNot(proposal, desk.officer) === undefined ? (
        <>
          <p className="soft small">{officers.signWhat}</p>
          <SignedText typed={proposal.typedData} />
        </>
      ) : (
        <Fold title={officers.signedText}>
          <SignedText typed={proposal.typedData} />
        </Fold>
      )}
      <SignButton {...props} />
    </>
  );
}

/** What is over takes one line, and what was signed and by whom lies below. */
function ClosedTask(props: { proposal: Proposal; described: Described }): ReactNode {
  const { language } = useLanguage();
  const { proposal, described } = props;
  const { closedAt, createdAt } = proposal;
  const title = (
    <span className="entry">
      <span>{described.title}</span>
      <span className="entry-flow">
        <ProposalState proposal={proposal} />
      </span>
      <span className="entry-when soft small">{formatTime(closedAt ?? createdAt, language)}</span>
    </span>
  );
  return (
    <Fold title={title}>
      <div className="stack">
        <Facts rows={described.lines} />
        <SignedText typed={proposal.typedData} />
        <History proposal={proposal} />
      </div>
    </Fold>
  );
}

export function Task(props: TaskProps): ReactNode {
  const { officers } = useTexts("officers");
  const { language } = useLanguage();
  const { proposal, desk } = props;
  const described = describeProposal(officers, proposal, language);
  const isOpen = proposal.state === "open";
  return (
    <li
      className={isOpen ? "task stack" : "task task-closed"}
      data-proposal={proposal.kind}
      data-mine={whyNot(proposal, desk.officer) === undefined}
    >
      {isOpen ? (
        <>
          <OpenTask {...props} described={described} />
          <History proposal={proposal} />
        </>
      ) : (
        <ClosedTask proposal={proposal} described={described} />
      )}
    </li>
  );
}
