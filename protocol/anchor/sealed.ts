import { type Hex, concat, hexToBytes, isHex, sha256, size, stringToBytes } from "viem";
import type { PlainJson } from "./json.ts";

/** A text that a record holds as its salted hash only, because it may identify a person (SPEC section 3). */
export type SealedText = { sealed: string };

/** What stands behind a sealed text; whoever has it can compare, and once it is deleted nobody can guess. */
export type Disclosure = { salt: Hex; value: string };

/** Where a record holds a sealed text: `path` is a JSON pointer (RFC 6901), e.g. `/contact`. */
export type SealedPlace = { path: string; sealed: string };

/** A disclosure as it stands beside its record. */
export type DisclosedField = Disclosure & { path: string };

/** Bytes of a salt: 256 bits, drawn anew for every field. */
export const SALT_BYTES = 32;

// 0x00 and 0x01 stand before what the log hashes.
const SEALED = new Uint8Array([2]);

/** The hash that stands for a text: `sha256(0x02 ‖ salt ‖ text in NFC as UTF-8)`; throws RangeError for another salt. */
export function sealText({ salt, value }: Disclosure): SealedText {
  if (size(salt) !== SALT_BYTES) throw new RangeError(`a salt has ${SALT_BYTES} bytes`);
  const text = stringToBytes(value.normalize("NFC"));
  return { sealed: sha256(concat([SEALED, hexToBytes(salt), text])) };
}

/** Whether a disclosure is what was sealed; never throws. */
export function isDisclosureOf(sealed: string, { salt, value }: Disclosure): boolean {
  if (!isHex(salt) || size(salt) !== SALT_BYTES || value.normalize("NFC") !== value) return false;
  return sealText({ salt, value }).sealed === sealed;
}

/** Whether a field of a record is sealed. */
export function isSealed(field: unknown): field is SealedText {
  return (
    typeof field === "object" &&
    field !== null &&
    Object.keys(field).length === 1 &&
    "sealed" in field &&
    typeof field.sealed === "string"
  );
}

const escapeStep = (step: string): string => step.replaceAll("~", "~0").replaceAll("/", "~1");

/** Every sealed text of a record, in the order of the record. */
export function listSealed(record: PlainJson, path = ""): SealedPlace[] {
  if (record === null || typeof record !== "object") return [];
  if (isSealed(record)) return [{ path, sealed: record.sealed }];
  return Object.entries(record).flatMap(([step, part]) =>
    listSealed(part, `${path}/${escapeStep(step)}`),
  );
}
