import { type Hex, bytesToHex } from "viem";
import { z } from "zod";
import { canonicalBytes } from "./json.ts";
import { logLeaf } from "./log.ts";
import { extensionRecord, meetingRecord, resultRecord } from "./record/assembly.ts";
import { bankAccountRecord, reconciliationRecord, statementRecord } from "./record/bank.ts";
import { area, hash, text } from "./record/fields.ts";
import { flagAnswerRecord, flagRecord, flagRulesRecord } from "./record/flag.ts";
import {
  balancesRecord,
  booksCheckRecord,
  entryRecord,
  fundRulesRecord,
  fundSettingsRecord,
  periodRecord,
} from "./record/fund.ts";
import { integrityRecord } from "./record/integrity.ts";
import { PROJECT_RECORDS } from "./record/project.ts";
import { redactionRecord } from "./record/redaction.ts";
import {
  appointmentRecord,
  communityRecord,
  keysRecord,
  logKeyRecord,
  revocationRecord,
  rollRecord,
} from "./record/registry.ts";
import { answerRecord, objectionRecord, questionRecord } from "./record/talk.ts";

/** Every record type of SPEC section 3 by its `type`. */
export const recordSchema = z.discriminatedUnion("type", [
  communityRecord,
  logKeyRecord,
  appointmentRecord,
  rollRecord,
  keysRecord,
  revocationRecord,
  meetingRecord,
  extensionRecord,
  resultRecord,
  questionRecord,
  objectionRecord,
  answerRecord,
  redactionRecord,
  integrityRecord,
  fundSettingsRecord,
  fundRulesRecord,
  entryRecord,
  periodRecord,
  balancesRecord,
  booksCheckRecord,
  bankAccountRecord,
  statementRecord,
  reconciliationRecord,
  flagRulesRecord,
  flagRecord,
  flagAnswerRecord,
  ...PROJECT_RECORDS,
]);

/** A published record of any type. */
export type PublishedRecord = z.infer<typeof recordSchema>;

/** The record of one type, e.g. `RecordOf<"roll">`. */
export type RecordOf<Type extends PublishedRecord["type"]> = Extract<
  PublishedRecord,
  { type: Type }
>;

const line = z.strictObject({ building: text, entrance: z.string(), unit: text, area, leaf: hash });

/** The document `lines` of a roll: the published unit lines in tree order. */
export const linesSchema = z.array(line);

/** One published unit line as the document holds it. */
export type LineDocument = z.infer<typeof line>;

/** The canonical bytes of a record; throws zod's error or `JsonInvalid` when it is none. */
export function recordBytes(record: PublishedRecord): Uint8Array<ArrayBuffer> {
  return canonicalBytes(recordSchema.parse(record));
}

/** The leaf hash of a record's canonical bytes, the value that contracts and messages call `record`. */
export function recordLeaf(bytes: Uint8Array): Hex {
  return bytesToHex(logLeaf(bytes));
}
