import { z } from "zod";
import { hash, positive, text } from "./fields.ts";
import { FUNDS } from "./kinds.ts";

// What a motion says of the money that it uses: SPEC sections 3 and 9.

const amount = z.string().regex(/^[1-9]\d{0,17}$/);
const factor = z.string().regex(/^(0|[1-9]\d{0,3})(\.\d{0,3}[1-9])?$/);

/** How a cost is shared out: by area, or by area times a factor for each unit that is named. */
const rule = z.strictObject({
  rule: z.literal("area"),
  factors: z.array(z.strictObject({ unit: text, factor })).exactOptional(),
});

/** Whom the money is paid to. `account` hides the number behind a salt; the last four signs stand open. */
export const payee = z.strictObject({
  name: text.max(100),
  accountTail: z.string().regex(/^[0-9A-Z]{4}$/),
  account: hash,
});

/** A use plan (使用方案): how much of which fund, to whom, charged to which units and how. `budget` is in fen. */
export const plan = z.strictObject({
  fund: z.enum(FUNDS),
  budget: amount,
  payee,
  /** The charge scope: a document that is the canonical JSON array of the unit ids, sorted. */
  scope: z.strictObject({ units: positive, sha256: hash }),
  rule,
});
