import type { ReactNode } from "react";
import { useTexts } from "../../language/language.tsx";
import { Loading } from "../../shell/loading.tsx";
import { ProblemView } from "../../shell/problem-view.tsx";
import type { DeskProps } from "../officers-page.tsx";
import { awaits, useProposals, type Proposal } from "./proposals.ts";
import { Task } from "./task.tsx";
import { WorkList } from "./work-list.tsx";

function TaskList(
  props: DeskProps & { title: string; none?: string; proposals: readonly Proposal[] },
): ReactNode {
  const { title, none, proposals, ...desk } = props;
  if (proposals.length === 0 && !none) return null;
  return (
    <section className="section">
      <h2>{title}</h2>
      {proposals.length === 0 && <p className="empty">{none}</p>}
      <ul className="tasks">
        {proposals.map((proposal) => (
          <Task key={proposal.id} {...desk} proposal={proposal} />
        ))}
      </ul>
    </section>
  );
}

const SHOWN_DONE = 20;

/** What waits for this officer's signature first, then his other work, what waits for others, what is done. */
export function TodoList(props: DeskProps): ReactNode {
  const { officers } = useTexts("officers");
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
      <WorkList {...props} />
      <TaskList {...props} title={officers.waitingOthers} proposals={others} />
      <TaskList {...props} title={officers.done} proposals={done} />
    </>
  );
}
