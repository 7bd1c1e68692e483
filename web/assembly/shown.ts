import type { RecordOf } from "../../protocol/anchor/record.ts";
import type { Recount } from "../../protocol/verify/meeting.ts";
import { motionShape, type Motion, type MotionResult } from "./meeting.ts";
import { toMotionResult } from "./recounted.ts";

interface Shown {
  readonly title: string;
  readonly motions: readonly Motion[];
  readonly result: readonly MotionResult[] | undefined;
}

const plain = (_key: string, value: unknown): unknown =>
  typeof value === "bigint" ? value.toString() : value;

/** Everything of a meeting that its page shows beside the seal, as one text that can be compared. */
export function shownOf({ title, motions, result }: Shown): string {
  return JSON.stringify(
    {
      title,
      motions: motions.map(({ title: name, text, item, documents, plan }) => ({
        ...{ name, text, item, plan },
        documents: documents.map((document) => [document.name, document.sha256]),
      })),
      result,
    },
    plain,
  );
}

/** The same of a record, word for word as both officers signed it. */
export function shownOfRecord(
  { title, motions }: RecordOf<"meeting">,
  result?: readonly MotionResult[],
): string {
  return shownOf({ title, motions: motions.map((motion) => motionShape(motion)), result });
}

/** The same of what this device counted itself, with the words of the record that both officers signed. */
export function shownOfRecount(recount: Recount): string | undefined {
  const { record } = recount;
  if (!record) return undefined;
  const result = recount.motions.map((motion) => toMotionResult(recount, motion));
  return shownOfRecord(record, result);
}
