import type { Answer } from "../../protocol/assembly/sheet.ts";
import { createPaper } from "./paper.ts";

const MARKS: Record<Answer, string> = {
  for: "[X] for   [ ] against   [ ] abstain",
  against: "[ ] for   [X] against   [ ] abstain",
  abstain: "[ ] for   [ ] against   [X] abstain",
  blank: "[ ] for   [ ] against   [ ] abstain",
};

/** A one-page PDF that stands for the scan of a paper ballot. */
export function createScan(unit: string, answers: readonly Answer[]): Buffer {
  const lines = [
    "PAPER BALLOT (demonstration, invented)",
    `Unit ${unit}`,
    ...answers.map((answer, i) => `Motion ${i + 1}:   ${MARKS[answer]}`),
  ];
  return createPaper(lines);
}
