/** The files of a claim beside those of the evidence. */
export const CLAIM_FILES = {
  claim: "claim.json",
  receipt: "claim/receipt.json",
  line: "claim/line.json",
} as const;

/** The files of a claim by name, as they lie in the archive. */
export type ClaimFiles = ReadonlyMap<string, Uint8Array>;
