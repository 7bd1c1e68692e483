import { z } from "zod";

const number = z.int().min(1);

/** The form of a scope. */
export const scopeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("meeting"), meeting: number }),
  z.strictObject({ kind: z.literal("project"), project: number }),
  z.strictObject({ kind: z.literal("period"), period: number }),
  z.strictObject({ kind: z.literal("entry"), entry: number }),
  z.strictObject({ kind: z.literal("community") }),
]);

/** What an evidence bundle is about. */
export type Scope = z.infer<typeof scopeSchema>;

/** The number of what a scope is about; undefined of a community, which is one. */
export function scopeNumber(scope: Scope): number | undefined {
  switch (scope.kind) {
    case "meeting":
      return scope.meeting;
    case "project":
      return scope.project;
    case "period":
      return scope.period;
    case "entry":
      return scope.entry;
    case "community":
      return undefined;
  }
}

/** A scope as a part of a file's name, such as `meeting-1`. */
export function scopeName(scope: Scope): string {
  const number = scopeNumber(scope);
  return number === undefined ? scope.kind : `${scope.kind}-${number}`;
}
