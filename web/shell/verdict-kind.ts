/** The words for what a check came to. */
export type VerdictKind = "consistent" | "inconsistent" | "pending" | "unverifiable" | "uncounted";
