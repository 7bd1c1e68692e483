import { fromBase64, toBase64 } from "./base64.ts";
import { NoteInvalid } from "./fault.ts";
import { isKeyName } from "./key.ts";

// Signed notes: c2sp.org/signed-note. A note is as little trusted as its signatures are verified.

/** One signature line: `signature` are the bytes after the key id. */
export type NoteSignature = { name: string; keyId: number; signature: Uint8Array };

/** A note taken apart: `text` ends with a line feed and is what was signed. */
export type SignedNote = { text: string; signatures: NoteSignature[] };

const DASH = "\u2014 ";
/** As in the reference implementation, golang.org/x/mod/sumdb/note. */
const MAX_BYTES = 1_000_000;
const MAX_SIGNATURES = 100;

/** The text of UTF-8 bytes; throws `NoteInvalid` where they are none. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes.length > MAX_BYTES) throw new NoteInvalid("tooLong");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new NoteInvalid("notUtf8");
  }
}

/** A signature as its line, with the line feed. */
export function formatSignature({ name, keyId, signature }: NoteSignature): string {
  const bytes = new Uint8Array(4 + signature.length);
  new DataView(bytes.buffer).setUint32(0, keyId);
  bytes.set(signature, 4);
  return `${DASH}${name} ${toBase64(bytes)}\n`;
}

/** Reads one signature line without its line feed; throws `NoteInvalid`. */
function parseSignature(line: string): NoteSignature {
  const space = line.indexOf(" ", DASH.length);
  if (!line.startsWith(DASH) || space < 0) throw new NoteInvalid("badSignatureLine");
  const name = line.slice(DASH.length, space);
  const bytes = fromBase64(line.slice(space + 1));
  if (!isKeyName(name) || !bytes || bytes.length < 5) throw new NoteInvalid("badSignatureLine");
  return { name, keyId: new DataView(bytes.buffer).getUint32(0), signature: bytes.slice(4) };
}

/** Reads signature lines, each ending with a line feed, as a witness answers; throws `NoteInvalid`. */
export function parseSignatures(text: string): NoteSignature[] {
  if (!text.endsWith("\n")) throw new NoteInvalid("badSignatureLine");
  const lines = text.slice(0, -1).split("\n");
  if (lines.length > MAX_SIGNATURES) throw new NoteInvalid("tooLong");
  return lines.map(parseSignature);
}

function hasControlCharacter(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return /[\u0000-\u0009\u000b-\u001f]/.test(text);
}

/** Takes a note apart; throws `NoteInvalid`. Nothing of it is verified. */
export function parseNote(note: string): SignedNote {
  if (note.length > MAX_BYTES) throw new NoteInvalid("tooLong");
  if (!note.isWellFormed()) throw new NoteInvalid("notUtf8");
  if (hasControlCharacter(note)) throw new NoteInvalid("controlCharacter");
  const split = note.lastIndexOf("\n\n");
  if (split < 0) throw new NoteInvalid("noSignatures");
  const lines = note.slice(split + 2);
  if (lines === "") throw new NoteInvalid("noSignatures");
  return { text: note.slice(0, split + 1), signatures: parseSignatures(lines) };
}

/** Puts a note together. */
export function formatNote({ text, signatures }: SignedNote): string {
  return `${text}\n${signatures.map(formatSignature).join("")}`;
}
