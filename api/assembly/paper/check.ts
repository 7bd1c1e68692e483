import { packAnswers } from "../../../protocol/assembly/sheet.ts";
import { toInstant } from "../../clock.ts";
import type { PaperBallot } from "../../database/generated/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import type { AssemblyContext } from "../context.ts";
import { getMeeting } from "../meeting/find.ts";
import { requirePaperAnswers } from "./answers.ts";
import { requirePaperTime } from "./enter.ts";

export interface PaperCheck {
  communityId: string;
  meeting: number;
  id: string;
  answers: readonly string[];
  teller: OfficerCaller;
}

/**
 * Another teller reads the scan anew, without being shown what the first one read. Where they differ the ballot is
 * returned, and is entered again from the beginning.
 */
export async function checkPaper(
  context: AssemblyContext,
  check: PaperCheck,
): Promise<PaperBallot> {
  const { db, clock } = context;
  const meeting = await getMeeting(db, check.communityId, check.meeting);
  requirePaperTime(meeting, clock.now());
  const answers = packAnswers(requirePaperAnswers(meeting, check.answers));
  const paper = await db.paperBallot.findUnique({ where: { id: check.id } });
  if (paper?.meetingId !== meeting.id) throw new DomainError("PaperNotFound");
  if (paper.enteredBy === check.teller.id) throw new DomainError("PaperTellerSame");
  const agrees = BigInt(answers) === paper.answers;
  const { count } = await db.paperBallot.updateMany({
    where: { id: paper.id, state: "entered" },
    data: {
      state: agrees ? "checked" : "returned",
      standingVoter: agrees ? paper.voter : null,
      checkedBy: check.teller.id,
      checkedAt: clock.now(),
    },
  });
  if (count === 0) throw new DomainError("PaperNotWaiting", { state: paper.state });
  return db.paperBallot.findUniqueOrThrow({ where: { id: paper.id } });
}

/** For the tellers' desk. Answers stay out: the second reading must not know the first. */
export async function listPaper(
  { db }: AssemblyContext,
  request: { communityId: string; meeting: number; teller: OfficerCaller },
) {
  const meeting = await getMeeting(db, request.communityId, request.meeting);
  const papers = await db.paperBallot.findMany({
    where: { meetingId: meeting.id },
    include: { batch: true },
    orderBy: { enteredAt: "asc" },
  });
  return papers.map((paper) => ({
    ...viewPaper(paper),
    mine: paper.enteredBy === request.teller.id,
    batch: paper.batch?.number ?? null,
  }));
}

export const viewPaper = (paper: PaperBallot) => ({
  id: paper.id,
  unit: paper.unit,
  state: paper.state,
  scan: paper.scan,
  enteredAt: toInstant(paper.enteredAt),
  checkedAt: paper.checkedAt ? toInstant(paper.checkedAt) : null,
});
