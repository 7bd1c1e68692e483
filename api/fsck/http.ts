import type { Subject } from "./subject.ts";

/** Who is logged in, and answers kept for a day in case that somebody asks twice: nothing is proven by them. */
export const httpSubject: Subject = {
  name: "http",
  tables: { LoginChallenge: "noEvidence", Session: "noEvidence", IdempotentAnswer: "noEvidence" },
  inspect: () => Promise.resolve(),
};
