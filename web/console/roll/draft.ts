import { keep, readKept } from "../kept.ts";
import type { Reading } from "./import.ts";

/** Where the import of a roll was left, in this browser; the table itself is with the service. */
export interface RollDraft {
  readonly step: number;
  /** Id of the import; empty before there is one. */
  readonly importId: string;
  readonly reading: Reading;
  /** What the register states, as typed. */
  readonly statedUnits: string;
  readonly statedArea: string;
  readonly scope: string;
}

export const EMPTY_ROLL_DRAFT: RollDraft = {
  step: 0,
  importId: "",
  // Parking spaces, garages and storage rooms vote where the community's rules say so.
  reading: { mapping: {}, uses: ["residence", "shop", "office", "other"], developer: "" },
  statedUnits: "",
  statedArea: "",
  scope: "",
};

const keyOf = (community: string): string => `mingzhang.roll.${community}`;

export function readRollDraft(community: string): RollDraft {
  const whole = (kept: Partial<RollDraft>): RollDraft => ({ ...EMPTY_ROLL_DRAFT, ...kept });
  return readKept(keyOf(community), whole) ?? EMPTY_ROLL_DRAFT;
}

export function keepRollDraft(community: string, draft: RollDraft | undefined): void {
  // An identity number is not left behind in a browser's storage.
  keep(keyOf(community), draft && { ...draft, reading: { ...draft.reading, developer: "" } });
}
