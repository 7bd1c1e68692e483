import { inflateSync } from "node:zlib";

/** The streams of a PDF as pdfkit writes it, inflated. */
function streamsOf(pdf: Buffer): string[] {
  const text = pdf.toString("latin1");
  return [...text.matchAll(/<<([^]*?)>>\s*stream\n([^]*?)\nendstream/g)].map((match) => {
    const body = Buffer.from(match[2]!, "latin1");
    return match[1]!.includes("FlateDecode") ? inflateSync(body).toString("latin1") : match[2]!;
  });
}

/** Which sign each glyph of the (one) font stands for: its ToUnicode map. */
function signsOf(streams: readonly string[]): string[] {
  const map = streams.find((stream) => stream.includes("beginbfrange"));
  if (!map) throw new Error("the file has no map of its signs");
  const lists = [...map.matchAll(/<[0-9a-f]+> <[0-9a-f]+> \[([^\]]*)\]/gi)];
  return lists.flatMap((list) =>
    // A ligature stands for several signs.
    [...list[1]!.matchAll(/<([0-9a-f ]*)>/gi)].map((sign) =>
      Buffer.from(sign[1]!.replaceAll(" ", ""), "hex").swap16().toString("utf16le"),
    ),
  );
}

/** The words of a PDF in the order in which they were set, one line each. */
export function pdfLines(bytes: Uint8Array): string[] {
  const streams = streamsOf(Buffer.from(bytes));
  const signs = signsOf(streams);
  return streams
    .flatMap((stream) => [...stream.matchAll(/\[([^\]]*)\] TJ/g)])
    .map((shown) =>
      [...shown[1]!.matchAll(/<([0-9a-f]+)>/gi)]
        .flatMap((part) => part[1]!.match(/.{4}/g) ?? [])
        .map((glyph) => signs[Number.parseInt(glyph, 16)] ?? "�")
        .join(""),
    );
}
