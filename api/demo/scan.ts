import type { Answer } from "../../protocol/assembly/sheet.ts";

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
  const shown = lines.map((line) => `(${line}) Tj T*`).join("\n");
  return toPdf(`BT /F1 12 Tf 24 TL 56 760 Td\n${shown}\nET`);
}

/** A page of plain text needs five objects and the table of where they begin (ISO 32000-1, 7.5). */
function toPdf(content: string): Buffer {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
  ];
  let text = "%PDF-1.4\n";
  const starts = objects.map((object, i) => {
    const start = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return start;
  });
  const rows = starts.map((start) => `${String(start).padStart(10, "0")} 00000 n \n`).join("");
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text + table + trailer, "latin1");
}
