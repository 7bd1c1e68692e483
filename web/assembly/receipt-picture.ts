import { encode } from "uqr";
import { receiptNumber } from "../../protocol/assembly/receipt.ts";
import { Problem } from "../service/problem.ts";

/** What a picture of a receipt says, in the reader's language. */
export interface ReceiptPicture {
  readonly leaf: `0x${string}`;
  readonly heading: string;
  readonly lines: readonly string[];
  /** What the code holds: the address that checks the receipt. */
  readonly address: string;
  readonly warning: string;
}

const WIDTH = 1080;
const MARGIN = 60;
const CODE = WIDTH - 4 * MARGIN;
const INK = "#1c1a17";
const SANS = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const MONO = 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace';

/** Chinese breaks between any two signs, English between words. */
function wrap(pen: CanvasRenderingContext2D, text: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const piece of text.match(/[a-zA-Z0-9’'.,:;-]+ ?|./gu) ?? []) {
    if (line !== "" && pen.measureText(line + piece).width > WIDTH - 2 * MARGIN) {
      lines.push(line);
      line = "";
    }
    line += piece;
  }
  return [...lines, line];
}

/** Writes a text below what stands there; returns where the next may begin. */
function write(
  pen: CanvasRenderingContext2D,
  text: string,
  { font, size, y }: { font: string; size: number; y: number },
): number {
  pen.font = font;
  pen.fillStyle = INK;
  let bottom = y;
  for (const line of wrap(pen, text)) {
    bottom += size * 1.5;
    pen.fillText(line, MARGIN, bottom - size * 0.4);
  }
  return bottom;
}

function drawCode(pen: CanvasRenderingContext2D, address: string, y: number): number {
  const { data, size } = encode(address, { ecc: "L", border: 4 });
  // Whole pixels only: a blurred code is hard to read.
  const module = Math.floor(CODE / size);
  const left = Math.floor((WIDTH - module * size) / 2);
  data.forEach((row, r) =>
    row.forEach((dark, c) => {
      if (dark) pen.fillRect(left + c * module, y + r * module, module, module);
    }),
  );
  return y + module * size;
}

function draw(pen: CanvasRenderingContext2D, picture: ReceiptPicture): number {
  let y = write(pen, picture.heading, { font: `700 56px ${SANS}`, size: 56, y: MARGIN });
  const number = receiptNumber(picture.leaf);
  y = write(pen, number, { font: `700 76px ${MONO}`, size: 76, y: y + 10 });
  for (const line of picture.lines) {
    y = write(pen, line, { font: `400 38px ${SANS}`, size: 38, y });
  }
  y = drawCode(pen, picture.address, y + 20);
  return write(pen, picture.warning, { font: `400 34px ${SANS}`, size: 34, y }) + MARGIN;
}

/** A receipt as a PNG that can be kept among photographs and scanned from there. */
export async function paintReceipt(picture: ReceiptPicture): Promise<Blob> {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  if (!pen) throw new Problem("PictureNotDrawn");
  canvas.width = WIDTH;
  // Drawn twice: how tall it is shows only then, and setting the height empties it.
  canvas.height = Math.ceil(draw(pen, picture));
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  draw(pen, picture);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Problem("PictureNotDrawn");
  return blob;
}
