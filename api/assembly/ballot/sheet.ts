import type { Hex } from "viem";
import { ANSWER_WORDS, packAnswers } from "../../../protocol/assembly/sheet.ts";
import type { SignedAnswer } from "../../../protocol/assembly/sheet.ts";
import { ownLeaf } from "../../../protocol/assembly/ballot.ts";
import { FORM, signingHash } from "../../../protocol/registry/keys.ts";
import type { Form, SigningInput } from "../../../protocol/registry/keys.ts";
import { DomainError } from "../../http/errors.ts";
import type { KnownMeeting } from "./known.ts";

/** A ballot as it arrives: one signed sheet, and where its key stands in the roll. */
export interface BallotInput {
  page: number;
  position: number;
  form: Form;
  envelope?: Hex | undefined;
  answers: readonly string[];
  signature: Hex;
}

/** The same with its answers packed, and what its key must have signed. */
export interface Sheet {
  input: BallotInput;
  answers: number;
  signed: SigningInput;
  leaf: Hex;
}

/** Throws BallotAnswersIncomplete, BallotOptionUnknown or BallotFormInvalid. */
export function readSheet(known: KnownMeeting, input: BallotInput): Sheet {
  const answers = packAnswers(requireAnswers(known, input.answers));
  const signed = toSigningInput(known, input, answers);
  return { input, answers, signed, leaf: ownLeaf(input, signingHash(signed), input.signature) };
}

/** What the same sheet would be in this meeting. */
export function toSigningInput(
  { digestOf }: KnownMeeting,
  { form, envelope }: BallotInput,
  answers: number,
): SigningInput {
  if ((form === FORM.webauthn) !== (envelope !== undefined)) {
    throw new DomainError("BallotFormInvalid", { form });
  }
  return { digest: digestOf(answers), form, envelope };
}

function requireAnswers({ meeting }: KnownMeeting, answers: readonly string[]): SignedAnswer[] {
  const motions = meeting.items.length;
  if (answers.length !== motions) {
    throw new DomainError("BallotAnswersIncomplete", { motions, answers: answers.length });
  }
  return answers.map((answer, motion) => {
    if (!Object.hasOwn(ANSWER_WORDS, answer)) {
      throw new DomainError("BallotOptionUnknown", { motion });
    }
    return answer as SignedAnswer;
  });
}
