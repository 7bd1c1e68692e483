import * as z from "zod";
import { CONFLICT_POLICIES } from "../../../protocol/anchor/record/assembly.ts";
import type { Founding } from "../../database/generated/client.ts";

const days = (max: number) => z.int().min(0).max(max);

/** What a community's rules of procedure say of its meetings: drafts begin with it, and every meeting fixes its own. */
export const rulesSchema = z.strictObject({
  noticeDays: days(365),
  paperDays: days(60),
  revealDays: days(60),
  objectionDays: days(365),
  conflict: z.enum(CONFLICT_POLICIES),
  invalid: z.enum(["participates", "ignored"]),
  source: z.string().normalize("NFC").trim().max(2000),
});

export type MeetingRules = z.output<typeof rulesSchema>;

export const readRules = ({ rules }: Pick<Founding, "rules">): MeetingRules | null =>
  rules === null ? null : rulesSchema.parse(rules);
