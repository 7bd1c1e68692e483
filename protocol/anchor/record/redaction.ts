import { z } from "zod";
import { common, hash, number, text } from "./fields.ts";

const hex = z.string().regex(/^0x(?:[0-9a-f]{2})+$/);

/** Who had it done: the office, not the person, with the signature over `Redact` (protocol/anchor/redaction.ts). */
const redactor = z.strictObject({
  office: text,
  role: z.enum(["registrar", "committee"]),
  signer: hex,
  signature: hex,
});

/** What stood behind a sealed field of an earlier record has been deleted; the record itself is as it was. */
export const redactionRecord = z.strictObject({
  ...common,
  type: z.literal("redaction"),
  record: number,
  leaf: hash,
  path: text,
  sealed: hash,
  reason: text,
  by: z.tuple([redactor, redactor]),
});
