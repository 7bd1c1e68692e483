import { errorCode } from "../../database/failure.ts";
import { DomainError } from "../../http/errors.ts";
import type { LoginProof } from "../../http/session.ts";
import type { RegistryContext } from "../context.ts";
import { takeInvitation } from "./invitations.ts";

export interface EnrolmentInput {
  communityId: string;
  code: string;
  /** Shows that whoever enrols holds the key. */
  proof: LoginProof;
}

export interface WaitingEnrolment {
  roll: number;
  voter: number;
}

/** Takes a household's key. It votes once two officers have bound it. */
export async function enrolKey(
  context: RegistryContext,
  input: EnrolmentInput,
): Promise<WaitingEnrolment> {
  await context.requireProof(input.proof, "enrol");
  const { kind, keyId, form } = input.proof;
  try {
    return await context.db.$transaction(async (tx) => {
      const { rollId, voter } = await takeInvitation(context, tx, input);
      const createdAt = context.clock.now();
      const data = { rollId, voter, kind, keyId, form, createdAt };
      const { roll } = await tx.enrolment.create({ data, include: { roll: true } });
      return { roll: roll.number, voter };
    });
  } catch (error) {
    // The one unique column beside the id: a key stands only once in a roll.
    if (errorCode(error) === "P2002") throw new DomainError("KeyTaken");
    throw error;
  }
}
