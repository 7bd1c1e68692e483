import { useQuery } from "../../service/query.ts";
import type { ReactNode } from "react";
import { useMeetings } from "../../assembly/meeting-queries.ts";
import { requestTalk } from "../../assembly/talk.ts";
import { seatShape } from "../../founding/seats.ts";
import { formatCount } from "../../language/format.ts";
import { useTexts } from "../../language/language.tsx";
import { communityPath } from "../../registry/community.ts";
import { request } from "../../service/request.ts";
import { list, object } from "../../service/shape.ts";
import type { DeskProps, Tab } from "../officers-page.tsx";
import type { Officer } from "../officers.ts";
import { requestPaper } from "../paper/paper.ts";
import { requestProgress } from "../progress.ts";
import { countTasks } from "../works/next.ts";
import { requestOpenWorks } from "../works/works.ts";

const KINDS = ["keys", "seats", "questions", "paper", "works"] as const;
type Kind = (typeof KINDS)[number];
type Work = Readonly<Partial<Record<Kind, number>>>;

const TABS: Record<Kind, Tab> = {
  keys: "keys",
  seats: "officers",
  questions: "talk",
  paper: "paper",
  works: "works",
};

async function countSeats(community: string): Promise<number> {
  const shape = object({ items: list(seatShape) });
  const { items } = await request(communityPath(community, "/seats"), shape);
  return items.filter(({ state }) => state === "claimed").length;
}

const sum = (counts: readonly number[]): number =>
  counts.reduce((total, count) => total + count, 0);

async function countQuestions(community: string, meetings: readonly number[]): Promise<number> {
  const counts = meetings.map(async (meeting) => {
    const items = await requestTalk({ community, meeting });
    return items.filter(({ answers }) => answers.length === 0).length;
  });
  return sum(await Promise.all(counts));
}

async function countPaper(community: string, meetings: readonly number[]): Promise<number> {
  const counts = meetings.map(async (meeting) => {
    const papers = await requestPaper({ community, meeting });
    return papers.filter(({ state, mine }) => state === "checked" || (state === "entered" && !mine))
      .length;
  });
  return sum(await Promise.all(counts));
}

interface Asked {
  readonly community: string;
  readonly officer: Officer;
  /** Newest meetings, and those of them that take paper. */
  readonly meetings: readonly number[];
  readonly paper: readonly number[];
}

/** What waits besides signatures, by the roles that somebody has. */
async function countWork({ community, officer, meetings, paper }: Asked): Promise<Work> {
  const { roles } = officer;
  const isLeading = roles.includes("registrar") || roles.includes("committee");
  return {
    ...(roles.includes("registrar") ? { keys: (await requestProgress(community)).waiting } : {}),
    ...(isLeading
      ? {
          seats: await countSeats(community),
          questions: await countQuestions(community, meetings),
        }
      : {}),
    ...(roles.includes("teller") ? { paper: await countPaper(community, paper) } : {}),
    ...(isLeading || roles.includes("approver")
      ? { works: countTasks(await requestOpenWorks(community), officer, Date.now() / 1000) }
      : {}),
  };
}

const NEWEST = 5;

/** Work that is done elsewhere at the desk, with the way there. */
export function WorkList(props: DeskProps): ReactNode {
  const { todo } = useTexts("desk").desk;
  const { community, desk, onTab } = props;
  const known = useMeetings(community).data;
  const meetings = (known ?? []).slice(0, NEWEST);
  const asked: Asked = {
    ...{ community, officer: desk.officer },
    meetings: meetings.map(({ number }) => number),
    paper: meetings
      .filter(({ stage }) => stage === "voting" || stage === "paper")
      .map(({ number }) => number),
  };
  const work = useQuery({
    queryKey: ["work", community, desk.officer.id, ...asked.meetings],
    queryFn: () => countWork(asked),
    enabled: known !== undefined,
    refetchInterval: 15_000,
  });
  const open = KINDS.filter((kind) => (work.data?.[kind] ?? 0) > 0);
  if (open.length === 0) return null;
  return (
    <section className="section">
      <h2>{todo.work}</h2>
      <ul className="tasks">
        {open.map((kind) => (
          <li className="task stack" key={kind} data-work={kind}>
            <p>{todo.works[kind](formatCount(work.data?.[kind] ?? 0))}</p>
            <div className="actions">
              <button type="button" className="button" onClick={() => onTab(TABS[kind])}>
                {todo.go}
              </button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
