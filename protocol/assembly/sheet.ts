import { type Hex, concat, hashTypedData, keccak256, numberToHex, stringToHex } from "viem";
import { type SigningDomain, eip712Domain } from "../registry/messages.ts";

/** The two bits of an answer in a packed sheet. */
export const ANSWER = { blank: 0, for: 1, against: 2, abstain: 3 } as const;

/** An answer to one motion; `blank` (or unreadable) stands on paper only. */
export type Answer = keyof typeof ANSWER;

/** An answer that a key holder can sign. */
export type SignedAnswer = Exclude<Answer, "blank">;

/** The words that are signed, readable on the signing device. */
export const ANSWER_WORDS: Record<SignedAnswer, string> = {
  for: "同意 for",
  against: "反对 against",
  abstain: "弃权 abstain",
};

/** Most motions of one meeting. */
export const MAX_MOTIONS = 16;

const NAMES: readonly Answer[] = ["blank", "for", "against", "abstain"];

const SHEET_TYPES = {
  Sheet: [
    { name: "meeting", type: "uint256" },
    { name: "answers", type: "string[]" },
  ],
} as const;

/** Packs answers into two bits each, motion 0 in the lowest. */
export function packAnswers(answers: readonly Answer[]): number {
  if (answers.length > MAX_MOTIONS) throw new RangeError("a meeting has at most 16 motions");
  return answers.reduce((packed, answer, i) => packed + ANSWER[answer] * 4 ** i, 0);
}

/** The answers to the first `motions` motions; throws RangeError when bits stand beyond them. */
export function unpackAnswers(packed: number, motions: number): Answer[] {
  if (!Number.isInteger(packed) || packed < 0 || packed >= 4 ** motions) {
    throw new RangeError(`no sheet of ${motions} motions packs to ${packed}`);
  }
  return Array.from({ length: motions }, (_, i) => NAMES[Math.floor(packed / 4 ** i) % 4]!);
}

/** What an owner signs for a whole meeting (EIP-712, SPEC section 4). */
export function sheetTypedData(
  domain: SigningDomain,
  meeting: bigint,
  answers: readonly SignedAnswer[],
) {
  return {
    domain: eip712Domain(domain),
    types: SHEET_TYPES,
    primaryType: "Sheet",
    message: { meeting, answers: answers.map((answer) => ANSWER_WORDS[answer]) },
  } as const;
}

/** The EIP-712 digest of a sheet: equal for all who answer alike. */
export function sheetDigest(
  domain: SigningDomain,
  meeting: bigint,
  answers: readonly SignedAnswer[],
): Hex {
  return hashTypedData(sheetTypedData(domain, meeting, answers));
}

/** The digest of a paper sheet: `keccak("paper" ‖ uint256 meeting ‖ uint32 answers)`. */
export function paperDigest(meeting: bigint, packedAnswers: number): Hex {
  return keccak256(
    concat([
      stringToHex("paper"),
      numberToHex(meeting, { size: 32 }),
      numberToHex(packedAnswers, { size: 4 }),
    ]),
  );
}

/** Whether every motion has an answer, so that a key holder could sign the sheet. */
export function isSignable(answers: readonly Answer[]): answers is readonly SignedAnswer[] {
  return answers.every((answer) => answer !== "blank");
}
