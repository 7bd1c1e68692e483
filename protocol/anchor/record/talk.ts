import { z } from "zod";
import { common, number, positive, sealed, text } from "./fields.ts";

// What is asked, answered and objected to in public: SPEC section 3. Neither names the owner's key or number: the count
// says of both how they voted.

/** An owner of the meeting's roll asks. */
export const questionRecord = z.strictObject({
  ...common,
  type: z.literal("question"),
  meeting: positive,
  text: sealed,
});

/** An owner of the meeting's roll objects to the preliminary result. */
export const objectionRecord = z.strictObject({
  ...common,
  type: z.literal("objection"),
  meeting: positive,
  text: sealed,
});

/** An office answers a question or an objection, named by its index in the log. */
export const answerRecord = z.strictObject({
  ...common,
  type: z.literal("answer"),
  meeting: positive,
  to: number,
  office: text,
  text: sealed,
});
