import { ANSWER } from "../../../protocol/assembly/sheet.ts";
import type { Answer } from "../../../protocol/assembly/sheet.ts";
import { DomainError } from "../../http/errors.ts";
import type { ConvenedMeeting } from "../meeting/find.ts";

/** A paper sheet as a teller reads it, one answer per motion; `blank` also stands for unreadable. */
export function requirePaperAnswers(
  meeting: ConvenedMeeting,
  answers: readonly string[],
): Answer[] {
  const motions = meeting.items.length;
  if (answers.length !== motions) {
    throw new DomainError("BallotAnswersIncomplete", { motions, answers: answers.length });
  }
  return answers.map((answer, motion) => {
    if (!Object.hasOwn(ANSWER, answer)) throw new DomainError("BallotOptionUnknown", { motion });
    return answer as Answer;
  });
}
