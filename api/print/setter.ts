import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { parentPort } from "node:worker_threads";
import PDFDocument from "pdfkit";
import { encode } from "uqr";
import type { Block } from "../../protocol/notice.ts";
import type { PrintedNotice } from "./pdf.ts";

const POINTS_PER_MM = 72 / 25.4;
const mm = (millimetres: number): number => millimetres * POINTS_PER_MM;
const MARGIN = mm(18);
const INK = "#1c1a17";
const SOFT = "#565149";
const RULE = "#8d8679";

/** The package's own font: a notice needs no font of the machine, and only the signs it uses go into the file. */
const FONT = fs.readFileSync(
  path.join(
    path.dirname(createRequire(import.meta.url).resolve("@embedpdf/fonts-sc")),
    "../fonts/NotoSansHans-Regular.otf",
  ),
);

type Sheet = InstanceType<typeof PDFDocument>;

function openSheet({ language, title, at }: PrintedNotice): Sheet {
  return new PDFDocument({
    size: "A4",
    margins: { top: MARGIN, bottom: mm(20), left: MARGIN, right: MARGIN },
    lang: language === "zh" ? "zh-CN" : "en",
    displayTitle: true,
    bufferPages: true,
    info: {
      Title: title,
      CreationDate: at,
      ModDate: at,
      Producer: "Mingzhang",
      Creator: "Mingzhang",
    },
  });
}

const widthOf = ({ page }: Sheet): number => page.width - page.margins.left - page.margins.right;

/** Moves on to the next page where less than this is left. */
function keep(sheet: Sheet, height: number): void {
  if (sheet.y + height > sheet.page.height - sheet.page.margins.bottom) sheet.addPage();
}

/** One weight in the file, drawn a little wider: a second one would double its size and the time it takes. */
function setBold(sheet: Sheet, text: string, options: PDFKit.Mixins.TextOptions = {}): void {
  sheet.lineWidth(0.45).strokeColor(INK).fillColor(INK);
  sheet.text(text, { ...options, fill: true, stroke: true });
}

const HEADING_SIZE = { 2: 13, 3: 11.5 } as const;

function setHeading(sheet: Sheet, { level, text }: Extract<Block, { kind: "heading" }>): void {
  // A heading stands with what it is about.
  keep(sheet, mm(level === 2 ? 50 : 28));
  sheet.moveDown(level === 2 ? 0.9 : 0.6);
  sheet.fontSize(HEADING_SIZE[level]);
  setBold(sheet, text);
  sheet.moveDown(0.25);
}

function setFacts(sheet: Sheet, { rows }: Extract<Block, { kind: "facts" }>): void {
  for (const [label, value] of rows) {
    const { left } = sheet.page.margins;
    const labelWidth = mm(34);
    const valueWidth = widthOf(sheet) - labelWidth;
    sheet.fontSize(10);
    const height = Math.max(
      sheet.heightOfString(label, { width: labelWidth - mm(2) }),
      sheet.heightOfString(value, { width: valueWidth }),
    );
    keep(sheet, height);
    const { y } = sheet;
    sheet.fillColor(SOFT).text(label, left, y, { width: labelWidth - mm(2) });
    sheet.fillColor(INK).text(value, left + labelWidth, y, { width: valueWidth });
    sheet.x = left;
    sheet.y = y + height + mm(0.8);
  }
}

type Table = Extract<Block, { kind: "table" }>;

/** One row of a list: the first cell wraps, the others are figures. */
function setRow(sheet: Sheet, cells: readonly string[], first: number): void {
  const { left } = sheet.page.margins;
  const width = widthOf(sheet);
  const rest = (width * (1 - first)) / (cells.length - 1);
  const [title = "", ...figures] = cells;
  const titleWidth = width * first - mm(2);
  const height = sheet.heightOfString(title, { width: titleWidth }) + mm(1.2);
  keep(sheet, height);
  const { y } = sheet;
  sheet.text(title, left, y, { width: titleWidth });
  figures.forEach((text, i) => {
    const x = left + width * first + i * rest;
    sheet.text(text, x, y, { width: rest, align: "right", lineBreak: false });
  });
  sheet.x = left;
  sheet.y = y + height;
  const rule = sheet.y - mm(0.6);
  sheet
    .moveTo(left, rule)
    .lineTo(left + width, rule)
    .lineWidth(0.4)
    .stroke(RULE);
}

/** A long list, row by row: pdfkit's tables measure every cell many times, which takes half a minute for a year. */
function setList(sheet: Sheet, { head, rows }: Table, first: number): void {
  sheet.fontSize(9).fillColor(SOFT);
  setRow(sheet, head, first);
  sheet.fillColor(INK);
  for (const row of rows) setRow(sheet, row, first);
  sheet.moveDown(0.5);
}

function setTable(sheet: Sheet, block: Table): void {
  const { head, rows } = block;
  if (block.first !== undefined) {
    setList(sheet, block, block.first);
    return;
  }
  const columns = head.length;
  const first = columns === 5 ? 0.28 : 0.3;
  const width = widthOf(sheet);
  const rest = (width * (1 - first)) / (columns - 1);
  sheet.fontSize(9).fillColor(INK);
  keep(sheet, mm(16));
  sheet.x = sheet.page.margins.left;
  sheet.table({
    columnStyles: head.map((_, i) => (i === 0 ? width * first : rest)),
    defaultStyle: {
      border: 0.6,
      borderColor: RULE,
      padding: mm(0.9),
      align: { x: "right", y: "center" },
    },
    data: [head, ...rows].map((row, r) =>
      row.map((text, c) => ({
        text,
        ...(c === 0 ? { align: { x: "left" as const, y: "center" as const } } : {}),
        ...(r === 0 ? { backgroundColor: "#f0ede5", type: "TH" as const } : {}),
      })),
    ),
  });
  sheet.x = sheet.page.margins.left;
  sheet.moveDown(0.5);
}

function setText(sheet: Sheet, { text, soft }: Extract<Block, { kind: "text" }>): void {
  sheet.fontSize(soft ? 9 : 10);
  keep(sheet, sheet.heightOfString(text, { width: widthOf(sheet) }));
  sheet.fillColor(soft ? SOFT : INK).text(text);
  sheet.moveDown(0.3);
}

function setBlock(sheet: Sheet, block: Block): void {
  if (block.kind === "heading") setHeading(sheet, block);
  else if (block.kind === "facts") setFacts(sheet, block);
  else if (block.kind === "table") setTable(sheet, block);
  else setText(sheet, block);
}

const CODE_SIZE = mm(26);

function drawCode(sheet: Sheet, text: string, [x, y]: [number, number]): void {
  const { data, size } = encode(text, { ecc: "M", border: 0 });
  const module = CODE_SIZE / size;
  data.forEach((row, r) =>
    row.forEach((dark, c) => {
      if (dark) sheet.rect(x + c * module, y + r * module, module, module);
    }),
  );
  sheet.fill("#000");
}

function setCodes(sheet: Sheet, codes: PrintedNotice["codes"]): void {
  keep(sheet, CODE_SIZE + mm(14));
  sheet.moveDown(0.8);
  const { y } = sheet;
  codes.forEach(({ text, label }, i) => {
    const x = sheet.page.margins.left + i * (CODE_SIZE + mm(25));
    drawCode(sheet, text, [x, y]);
    const options = { width: CODE_SIZE + mm(20) };
    sheet.fontSize(9).fillColor(INK);
    sheet.text(label, x, y + CODE_SIZE + mm(1.5), options);
  });
}

function setFeet(sheet: Sheet, foot: string): void {
  const { start, count } = sheet.bufferedPageRange();
  for (let i = start; i < start + count; i++) {
    sheet.switchToPage(i);
    const { page } = sheet;
    const y = page.height - mm(15);
    // Below the margin a text would open another page.
    page.margins.bottom = 0;
    sheet.fontSize(8).fillColor(SOFT);
    sheet.text(foot, page.margins.left, y, { width: widthOf(sheet) - mm(20), lineBreak: false });
    const at = page.width - page.margins.right - mm(20);
    sheet.text(`${i + 1} / ${count}`, at, y, { width: mm(20), align: "right", lineBreak: false });
  }
}

/** Sets a notice on A4. The same notice gives the same bytes. */
async function setNotice(notice: PrintedNotice): Promise<Uint8Array> {
  const sheet = openSheet(notice);
  const chunks: Buffer[] = [];
  const done = new Promise<void>((resolve, reject) => {
    sheet.on("data", (chunk: Buffer) => chunks.push(chunk));
    sheet.once("end", resolve).once("error", reject);
  });
  sheet.registerFont("regular", FONT).font("regular").fontSize(17);
  setBold(sheet, notice.title, { align: "center" });
  for (const block of notice.blocks) setBlock(sheet, block);
  setCodes(sheet, notice.codes);
  setFeet(sheet, notice.foot);
  sheet.end();
  await done;
  return Buffer.concat(chunks);
}

parentPort?.on("message", ({ id, notice }: { id: number; notice: PrintedNotice }) => {
  setNotice(notice).then(
    (bytes) => parentPort?.postMessage({ id, bytes }),
    (error: unknown) => parentPort?.postMessage({ id, fault: String(error) }),
  );
});
