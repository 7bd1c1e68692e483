// A document's name in a bundle is its hash; the ending is for whoever opens it, and proves nothing.

type Kind = { extension: string; start: readonly number[] };

const KINDS: readonly Kind[] = [
  { extension: "pdf", start: [0x25, 0x50, 0x44, 0x46] },
  { extension: "png", start: [0x89, 0x50, 0x4e, 0x47] },
  { extension: "jpg", start: [0xff, 0xd8, 0xff] },
  { extension: "zip", start: [0x50, 0x4b, 0x03, 0x04] },
];

function isText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return !bytes.includes(0);
  } catch {
    return false;
  }
}

/** The ending of a document's name, by its first bytes: pdf, png, jpg, zip, json, txt or bin. */
export function extensionOf(bytes: Uint8Array): string {
  const kind = KINDS.find(({ start }) => start.every((byte, i) => bytes[i] === byte));
  if (kind) return kind.extension;
  if (!isText(bytes)) return "bin";
  return bytes[0] === 0x5b || bytes[0] === 0x7b ? "json" : "txt";
}
