import { z } from "zod";

const number = z.int().min(1);

/** The form of a scope. */
export const scopeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("meeting"), meeting: number }),
  z.strictObject({ kind: z.literal("community") }),
]);

/** What an evidence bundle is about. */
export type Scope = z.infer<typeof scopeSchema>;

/** A scope as a part of a file's name, such as `meeting-1`. */
export function scopeName(scope: Scope): string {
  return scope.kind === "meeting" ? `meeting-${scope.meeting}` : scope.kind;
}
