import type { Hex } from "viem";
import { fromDecimal } from "../anchor/tlog/fault.ts";
import type { VerifierKey } from "../anchor/tlog/key.ts";
import { parseNote } from "../anchor/tlog/note.ts";
import { verifyNote } from "../anchor/tlog/signature.ts";

/** What the service promises when it takes a ballot in: this leaf will be sealed before voting ends. */
export type SealPromise = { origin: string; meeting: number; leaf: Hex; acceptedAt: number };

// A checkpoint begins with the log's name, so that neither can be taken for the other.
const FIRST_LINE = "mingzhang-promise/v1";

/** The text of a promise, which the log signs as a note (c2sp.org/signed-note; SPEC section 5). */
export function formatPromise({ origin, meeting, leaf, acceptedAt }: SealPromise): string {
  return `${[FIRST_LINE, origin, meeting, leaf, acceptedAt].join("\n")}\n`;
}

/** Reads a promise, and whether one of the keys has signed it and none wrongly; rejects when the text is no promise. */
export async function openPromise(
  note: string,
  keys: readonly VerifierKey[],
): Promise<{ promise: SealPromise; isSigned: boolean }> {
  const opened = parseNote(note);
  const [, origin = "", meeting = "", leaf = "", at = ""] = opened.text.split("\n");
  const promise = {
    origin,
    meeting: Number(fromDecimal(meeting)),
    leaf: leaf as Hex,
    acceptedAt: Number(fromDecimal(at)),
  };
  if (formatPromise(promise) !== opened.text) throw new RangeError("no promise");
  const isNamed = ({ name, keyId }: VerifierKey): boolean =>
    opened.signatures.some((line) => line.name === name && line.keyId === keyId);
  const found = await Promise.all(keys.filter(isNamed).map((key) => verifyNote(opened, key)));
  return { promise, isSigned: found.length > 0 && found.every(Boolean) };
}
