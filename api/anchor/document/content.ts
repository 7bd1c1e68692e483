import { fileTypeFromBuffer } from "file-type";
import { DomainError } from "../../http/errors.ts";

const TEXT = "text/plain; charset=utf-8";

/** Kinds of files that people may hand in, with the endings of their names: nothing that a browser would run. */
const ALLOWED: ReadonlyMap<string, readonly string[]> = new Map([
  ["application/pdf", ["pdf"]],
  ["image/jpeg", ["jpg", "jpeg", "jfif"]],
  ["image/png", ["png"]],
  ["image/webp", ["webp"]],
  ["image/tiff", ["tif", "tiff"]],
  ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ["xlsx"]],
  ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", ["docx"]],
  [TEXT, ["txt", "csv", "md"]],
]);

/** An ending has a letter in it: the 2 of "合同 v1.2" is none. */
const ENDING = /\.([a-z][a-z0-9]{1,4})$/i;

/**
 * The media type by content; plain text in UTF-8 is allowed too. Throws for any other, and where the name promises
 * another kind than the content is, be it the file's own or the one it shall have. One without an ending promises nothing.
 */
export async function requireAllowedType(
  bytes: Uint8Array,
  names: readonly string[],
): Promise<string> {
  const found = await fileTypeFromBuffer(bytes);
  const mediaType = !found && isPlainText(bytes) ? TEXT : found?.mime;
  const endings = mediaType === undefined ? undefined : ALLOWED.get(mediaType);
  if (!endings) throw new DomainError("FileKindNotAllowed", { found: found?.mime ?? "unknown" });
  const promised = names.map((name) => ENDING.exec(name.trim())?.[1]?.toLowerCase());
  if (promised.some((ending) => ending !== undefined && !endings.includes(ending))) {
    throw new DomainError("FileKindDiffers", { found: mediaType! });
  }
  return mediaType!;
}

function isPlainText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    // eslint-disable-next-line no-control-regex -- a text file has no control characters but these
    return !/[\u0000-\u0008\u000b\u000e-\u001f]/.test(text) && !/^\s*</.test(text);
  } catch {
    return false;
  }
}
