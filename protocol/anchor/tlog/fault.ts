/** Why a text is none of the C2SP formats. */
export type NoteFault =
  | "notUtf8"
  | "controlCharacter"
  | "tooLong"
  | "noSignatures"
  | "badSignatureLine"
  | "badKeyName"
  | "badKey"
  | "unknownKeyType"
  | "badCheckpoint"
  | "badProof"
  | "badRequest"
  | "badPolicy";

/** A text that is no note, key, checkpoint, proof, request or policy; `fault` says why, never with the content. */
export class NoteInvalid extends Error {
  readonly code = "NoteInvalid";
  readonly fault: NoteFault;
  constructor(fault: NoteFault, detail = "") {
    super(detail === "" ? fault : `${fault}: ${detail}`);
    this.fault = fault;
  }
}

const MAX_SIZE = 2n ** 64n;

/** A decimal number of 64 bits without leading zeros; undefined for anything else. */
export function fromDecimal(text: string): bigint | undefined {
  if (!/^(?:0|[1-9][0-9]{0,19})$/.test(text)) return undefined;
  const value = BigInt(text);
  return value < MAX_SIZE ? value : undefined;
}
