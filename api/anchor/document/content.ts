import { fileTypeFromBuffer } from "file-type";
import { DomainError } from "../../http/errors.ts";

/** Kinds of files that people may hand in: nothing that a browser would run. */
const ALLOWED = new Set([
  "application/pdf",
  "image/jpeg",
  "image/png",
  "image/webp",
  "image/tiff",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
]);

/** The media type by content, whatever the name says; plain text in UTF-8 is allowed too. Throws for any other. */
export async function requireAllowedType(bytes: Uint8Array): Promise<string> {
  const found = await fileTypeFromBuffer(bytes);
  if (found && ALLOWED.has(found.mime)) return found.mime;
  if (!found && isPlainText(bytes)) return "text/plain; charset=utf-8";
  throw new DomainError("FileKindNotAllowed", { found: found?.mime ?? "unknown" });
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
