import { z } from "zod";
import { parseCanonical } from "../../anchor/json.ts";
import type { PublishedRecord, RecordOf } from "../../anchor/record.ts";
import { extensionRecord, meetingRecord, resultRecord } from "../../anchor/record/assembly.ts";
import { communityRecord, rollRecord } from "../../anchor/record/registry.ts";
import { type DisclosedField, isDisclosureOf } from "../../anchor/sealed.ts";
import type { BulletinRecords } from "./bulletin.ts";

/** A record as it is published, with what is disclosed of its sealed fields. */
export type PublishedEntry = { text: string; disclosures?: readonly DisclosedField[] | undefined };

/** Says that records do not make a result notice: `what` is missing, or belongs to something else. */
export class BulletinIncomplete extends Error {
  override readonly name = "BulletinIncomplete";
  readonly what: string;
  constructor(what: string) {
    super(`the records of a result notice lack ${what}`);
    this.what = what;
  }
}

/** Not of all types: whoever only reads a notice need not load the rest. */
const bulletinRecord = z.discriminatedUnion("type", [
  communityRecord,
  rollRecord,
  meetingRecord,
  extensionRecord,
  resultRecord,
]);

type Read = { record: PublishedRecord; entry: PublishedEntry };

const read = (entry: PublishedEntry): Read => {
  const record = bulletinRecord.parse(parseCanonical(new TextEncoder().encode(entry.text)));
  return { record, entry };
};

function allOf<Type extends PublishedRecord["type"]>(
  entries: readonly Read[],
  type: Type,
): { record: RecordOf<Type>; entry: PublishedEntry }[] {
  return entries.filter(
    (found): found is { record: RecordOf<Type>; entry: PublishedEntry } =>
      found.record.type === type,
  );
}

function onlyOf<Type extends PublishedRecord["type"]>(entries: readonly Read[], type: Type) {
  const [found, ...others] = allOf(entries, type);
  if (!found || others.length > 0) throw new BulletinIncomplete(type);
  return found;
}

function contactOf({ record, entry }: ReturnType<typeof onlyOf<"meeting">>): string | null {
  const { contact } = record;
  if (typeof contact === "string") return contact;
  const disclosed = entry.disclosures?.find(({ path }) => path === "/contact");
  if (!disclosed) return null;
  if (!isDisclosureOf(contact.sealed, disclosed)) throw new BulletinIncomplete("contact");
  return disclosed.value;
}

/**
 * The records of a result notice out of published texts: one community, roll, meeting and result that name each other,
 * and the extensions. Throws BulletinIncomplete, or what reading a broken record throws.
 */
export function readBulletin(entries: readonly PublishedEntry[]): BulletinRecords {
  const known = entries.map(read);
  const community = onlyOf(known, "community").record;
  const roll = onlyOf(known, "roll").record;
  const meeting = onlyOf(known, "meeting");
  const result = onlyOf(known, "result").record;
  const extensions = allOf(known, "extension").map(({ record }) => record);
  if (meeting.record.roll !== roll.roll) throw new BulletinIncomplete("roll");
  if (meeting.record.motions.length !== result.motions.length) {
    throw new BulletinIncomplete("result");
  }
  const isOther = extensions.some((extension) => extension.meeting !== result.meeting);
  if (isOther) throw new BulletinIncomplete("extension");
  const contact = contactOf(meeting);
  return { community, roll, meeting: meeting.record, extensions, result, contact };
}
