import { useMutation, useQueryClient } from "../service/query.ts";
import type { ReactNode } from "react";
import { formatTime } from "../language/format.ts";
import { useAllMessages, useLanguage } from "../language/language.tsx";
import { useCommunity } from "../registry/community.ts";
import { Fold } from "../shell/fold.tsx";
import { Loading } from "../shell/loading.tsx";
import { ProblemView } from "../shell/problem-view.tsx";
import { SignedText } from "../shell/signed-text.tsx";
import type { DeskProps } from "./officers-page.tsx";
import { awaits, openRoles, signProposal, useProposals, type Proposal } from "./proposals.ts";
import { describeProposal, type Described } from "./summary.ts";

function SignButton(props: DeskProps & { proposal: Proposal }): ReactNode {
  const { officers } = useAllMessages();
  const queries = useQueryClient();
  const { community: id, desk, proposal } = props;
  const community = useCommunity(id).data;
  const signing = useMutation({
    mutationFn: async () => community && signProposal(community, proposal, desk),
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <>
      <p className="soft small">{officers.signWhat}</p>
      <SignedText typed={proposal.typedData} />
      {signing.isError && <ProblemView error={signing.error} />}
      <div className="actions">
        <button
          type="button"
          className="button button-main"
          disabled={!community || signing.isPending}
          onClick={() => signing.mutate()}
        >
          {officers.sign}
        </button>
      </div>
    </>
  );
}

function ProposalState(props: { proposal: Proposal }): ReactNode {
  const { officers, refusals } = useAllMessages();
  const { proposal } = props;
  const { state, failure } = proposal;
  const nameOf = (role: string): string => officers.roles[role] ?? role;
  if (failure) {
    return (
      <p className="state">
        ✘ {officers.failed} {refusals[failure]?.[0] ?? failure}
      </p>
    );
  }
  if (state === "open") {
    const roles = openRoles(proposal).map(nameOf).join(" · ");
    return <p className="state">… {officers.needs(roles)}</p>;
  }
  if (state === "withdrawn") return <p className="soft">{officers.withdrawn}</p>;
  return <p className="state state-done">✔ {officers.done}</p>;
}

function Facts(props: { lines: Described["lines"] }): ReactNode {
  return (
    <dl className="facts">
      {props.lines.map(([label, value]) => (
        <div className="facts-row" key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Something to sign, or to wait for: what it means, then exactly what is signed. */
function OpenTask(props: DeskProps & { proposal: Proposal; described: Described }): ReactNode {
  const { officers } = useAllMessages();
  const { proposal, described, desk } = props;
  return (
    <>
      <h3>{described.title}</h3>
      <Facts lines={described.lines} />
      <ProposalState proposal={proposal} />
      {awaits(proposal, desk.officer) ? (
        <SignButton {...props} />
      ) : (
        <Fold title={officers.signedText}>
          <SignedText typed={proposal.typedData} />
        </Fold>
      )}
    </>
  );
}

function ClosedTask(props: { proposal: Proposal; described: Described }): ReactNode {
  const { proposal, described } = props;
  return (
    <>
      <Fold title={described.title}>
        <Facts lines={described.lines} />
        <SignedText typed={proposal.typedData} />
      </Fold>
      <ProposalState proposal={proposal} />
    </>
  );
}

function Task(props: DeskProps & { proposal: Proposal }): ReactNode {
  const { officers } = useAllMessages();
  const { language } = useLanguage();
  const { proposal, desk } = props;
  const described = describeProposal(officers, proposal, language);
  return (
    <li
      className="task stack"
      data-proposal={proposal.kind}
      data-mine={awaits(proposal, desk.officer)}
    >
      {proposal.state === "open" ? (
        <OpenTask {...props} described={described} />
      ) : (
        <ClosedTask proposal={proposal} described={described} />
      )}
      <p className="soft small">{formatTime(proposal.createdAt, language)}</p>
    </li>
  );
}

function TaskList(
  props: DeskProps & { title: string; none?: string; proposals: readonly Proposal[] },
): ReactNode {
  const { title, none, proposals, ...desk } = props;
  if (proposals.length === 0 && !none) return null;
  return (
    <section className="section">
      <h2>{title}</h2>
      {proposals.length === 0 && <p className="empty">{none}</p>}
      <ul>
        {proposals.map((proposal) => (
          <Task key={proposal.id} {...desk} proposal={proposal} />
        ))}
      </ul>
    </section>
  );
}

const SHOWN_DONE = 20;

/** What waits for this officer's signature first, then what waits for others, then what is done. */
export function TodoList(props: DeskProps): ReactNode {
  const { officers } = useAllMessages();
  const proposals = useProposals(props.community);
  if (proposals.isPending) return <Loading tall />;
  if (proposals.isError) {
    return <ProblemView error={proposals.error} onRetry={() => void proposals.refetch()} />;
  }
  const mine = proposals.data.filter((proposal) => awaits(proposal, props.desk.officer));
  const others = proposals.data.filter(
    (proposal) => proposal.state === "open" && !mine.includes(proposal),
  );
  const done = proposals.data.filter(({ state }) => state !== "open").slice(0, SHOWN_DONE);
  return (
    <>
      <TaskList {...props} title={officers.todo} none={officers.todoNone} proposals={mine} />
      <TaskList {...props} title={officers.waitingOthers} proposals={others} />
      <TaskList {...props} title={officers.done} proposals={done} />
    </>
  );
}
