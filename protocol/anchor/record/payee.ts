import { z } from "zod";
import { hash, text } from "./fields.ts";

/** Whom the money is paid to. `account` hides the number behind a salt; the last four signs stand open. */
export const payee = z.strictObject({
  name: text.max(100),
  accountTail: z.string().regex(/^[0-9A-Z]{4}$/),
  account: hash,
});
