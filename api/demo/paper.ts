import { sha256 } from "@noble/hashes/sha2.js";
import zlib from "node:zlib";

// Small files of the demonstration that are what they say: pages of text and pictures. All of it is invented.

const LATIN = /^[\x20-\x7e]*$/;

/**
 * A page of lines as PDF. Chinese is set in a font that is named and not brought along, with the character map that
 * every reader knows (ISO 32000-1, 9.7.5.2).
 */
export function createPaper(lines: readonly string[]): Buffer {
  return toPdf(`BT 24 TL 56 760 Td\n${lines.map(showLine).join("\n")}\nET`);
}

function showLine(line: string): string {
  if (LATIN.test(line)) return `/F1 12 Tf (${line.replace(/[\\()]/g, "\\$&")}) Tj T*`;
  return `/F2 12 Tf <${Buffer.from(line, "utf16le").swap16().toString("hex")}> Tj T*`;
}

/** The objects of one page, and the table of where they begin (ISO 32000-1, 7.5). */
function toPdf(content: string): Buffer {
  const fonts = "<< /F1 5 0 R /F2 6 0 R >>";
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font ${fonts} >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [7 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] " +
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 8 0 R >>",
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] " +
      "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
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

const WIDTH = 240;
const HEIGHT = 160;
const BRICK = { width: 40, height: 20, joint: 2 };

/** A wall in the colours that follow from a label, as PNG: no photograph, and none that it could be taken for. */
export function createPicture(label: string): Buffer {
  const seed = sha256(new TextEncoder().encode(label));
  const rows = Array.from({ length: HEIGHT }, (_, y) => {
    const pixels = Array.from({ length: WIDTH }, (__, x) => colourAt(seed, x, y));
    // Each row of pixels begins with how it is filtered: not at all.
    return Buffer.from([0, ...pixels.flat()]);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  // Eight bits of red, green and blue each.
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    pngChunk("IHDR", header),
    pngChunk("IDAT", zlib.deflateSync(Buffer.concat(rows))),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

function colourAt(seed: Uint8Array, x: number, y: number): [number, number, number] {
  const row = Math.floor(y / BRICK.height);
  const along = x + (row % 2) * (BRICK.width / 2);
  if (along % BRICK.width < BRICK.joint || y % BRICK.height < BRICK.joint) return [214, 209, 202];
  const shade = seed[(row * 7 + Math.floor(along / BRICK.width)) % seed.length]! % 48;
  return [96 + (seed[0]! % 80) + shade, 84 + (seed[1]! % 60) + shade, 80 + (seed[2]! % 40) + shade];
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  chunk.set(body, 4);
  chunk.writeUInt32BE(zlib.crc32(body), body.length + 4);
  return chunk;
}
