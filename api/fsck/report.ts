/** What is wrong with something: it says another thing than it must, is not there, or is there without a reason. */
export type FindingKind = "differs" | "missing" | "extra" | "unreadable";

/** One thing that is not as it must be, named so that a person can go and look. */
export interface Finding {
  kind: FindingKind;
  /** Undefined for what belongs to the installation as a whole. */
  community?: string | undefined;
  /** A table, or `files`, `chain`. */
  table: string;
  /** The row's key, a file's path, a block. */
  row: string;
  field?: string | undefined;
  /** Left out for what only its owner may know. */
  expected?: string | undefined;
  found?: string | undefined;
}

/** Why something could not be, or need not be, inspected. */
export const REASONS = {
  /** Access, not evidence: sessions, invitations, answers kept for a day. */
  noEvidence: "holds no evidence",
  /** Nothing else says the same, so that there is nothing to compare with. */
  onlyHere: "stands nowhere else, so there is nothing to compare it with",
  /** On its way when it was looked at. */
  underWay: "was on its way",
  noKey: "the key that opens it is not here",
  unreachable: "the chain does not answer",
  dependsOnFailed: "depends on something that was found wrong",
  unknownTable: "this version does not know the table",
  unknownKind: "this version does not know the kind",
  unreadable: "could not be read",
  notYet: "cannot be inspected by this version",
  notAsked: "was not asked for",
} as const;

export type Reason = keyof typeof REASONS;

/** Something that nobody has looked at, and why. */
export interface NotInspected {
  community?: string | undefined;
  what: string;
  why: Reason;
  /** How many, where it is known. */
  count?: number | undefined;
}

export interface Counted {
  community?: string | undefined;
  table: string;
  count: number;
}

/** `incomplete`: nothing was found wrong, but something that is evidence could not be inspected. */
export type FsckVerdict = "ok" | "failed" | "incomplete";

export interface FsckReport {
  verdict: FsckVerdict;
  startedAt: string;
  finishedAt: string;
  chain: { kind: "embedded" | "external"; block: string } | null;
  inspected: Counted[];
  findings: Finding[];
  /** Beyond those that are listed. */
  furtherFindings: number;
  notInspected: NotInspected[];
}

/** What can never be inspected does not speak against the rest; everything else that was not does. */
export const HARMLESS: readonly Reason[] = ["noEvidence", "onlyHere", "underWay"];

export function verdictOf(
  findings: number,
  notInspected: readonly Pick<NotInspected, "why">[],
): FsckVerdict {
  if (findings > 0) return "failed";
  return notInspected.every(({ why }) => HARMLESS.includes(why)) ? "ok" : "incomplete";
}
