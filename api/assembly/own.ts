import { unpackAnswers } from "../../protocol/assembly/sheet.ts";
import type { Answer } from "../../protocol/assembly/sheet.ts";
import type { Meeting } from "../database/generated/client.ts";
import type { OwnVoter } from "../registry/service.ts";
import { viewBallot } from "./ballot/read.ts";
import type { BallotView } from "./ballot/read.ts";
import type { AssemblyContext } from "./context.ts";
import { requireConvened } from "./meeting/find.ts";
import type { ConvenedMeeting } from "./meeting/find.ts";
import { viewPaper } from "./paper/check.ts";

export type OwnBallotView = BallotView & {
  meeting: number;
  voter: number;
  page: number;
  position: number;
  answers: Answer[];
};

export type OwnPaperView = ReturnType<typeof viewPaper> & {
  meeting: number;
  voter: number;
  leaf: string;
  batch: number | null;
  code: number | null;
  answers: Answer[];
};

/** What an owner sees of his own votes: ballots by any of his keys, and what tellers entered for his units. */
export async function viewOwn(
  context: AssemblyContext,
  communityId: string,
  voters: readonly OwnVoter[],
): Promise<{ ballots: OwnBallotView[]; paper: OwnPaperView[] }> {
  const rolls = voters.map(({ roll }) => roll);
  const meetings = await context.db.meeting.findMany({
    where: { communityId, number: { not: null }, roll: { in: rolls } },
  });
  const own = voters.flatMap(({ roll, voter }) =>
    meetings.filter((meeting) => meeting.roll === roll).map((meeting) => ({ meeting, voter })),
  );
  const ballots: OwnBallotView[] = [];
  const paper: OwnPaperView[] = [];
  for (const { meeting, voter } of own) {
    ballots.push(...(await listBallots(context, meeting, voter)));
    paper.push(...(await listPaper(context, meeting, voter)));
  }
  return { ballots, paper };
}

const answersOf = ({ items }: ConvenedMeeting, answers: bigint): Answer[] =>
  unpackAnswers(Number(answers), items.length);

async function listBallots(
  { db }: AssemblyContext,
  row: Meeting,
  voter: number,
): Promise<OwnBallotView[]> {
  const meeting = requireConvened(row);
  const ballots = await db.ballot.findMany({
    where: { meetingId: meeting.id, voter },
    include: { batch: true },
    orderBy: { id: "desc" },
  });
  const views: OwnBallotView[] = [];
  for (const ballot of ballots) {
    const { page, position } = ballot;
    const answers = answersOf(meeting, ballot.answers);
    const place = { meeting: meeting.number, voter, page, position };
    views.push({ ...(await viewBallot(db, ballot)), ...place, answers });
  }
  return views;
}

/** Both readings agreed: from here on the owner can object. */
async function listPaper(
  { db }: AssemblyContext,
  row: Meeting,
  voter: number,
): Promise<OwnPaperView[]> {
  const meeting = requireConvened(row);
  const papers = await db.paperBallot.findMany({
    where: {
      meetingId: meeting.id,
      voter,
      state: { in: ["checked", "sealing", "sealed", "late"] },
    },
    include: { batch: true },
    orderBy: { enteredAt: "desc" },
  });
  return papers.map((paper) => ({
    ...viewPaper(paper),
    meeting: meeting.number,
    voter,
    leaf: paper.leaf,
    batch: paper.batch?.number ?? null,
    code: paper.code,
    answers: answersOf(meeting, paper.answers),
  }));
}
