import type { RecordEntry } from "../../../protocol/verify/source.ts";
import { DomainError } from "../../http/errors.ts";
import type { AssemblyContext } from "../context.ts";
import { getMeeting } from "../meeting/find.ts";

/** What a result notice is made of: published records, and the first head on chain that covers all of them. */
export interface BulletinParts {
  head: { size: number; root: string };
  records: RecordEntry[];
}

/** The records of a result notice; refused until the result stands in the log under a head on chain. */
export async function collectBulletin(
  { db, anchor }: AssemblyContext,
  communityId: string,
  number: number,
): Promise<BulletinParts> {
  const { roll, recordIndex, resultIndex } = await getMeeting(db, communityId, number);
  if (recordIndex === null || resultIndex === null) {
    throw new DomainError("AssemblyNotConcluded", { meeting: number });
  }
  const head = await anchor.findHeadOver(communityId, resultIndex);
  if (!head) throw new DomainError("BulletinNotAnchored", { record: resultIndex });
  const source = anchor.source(communityId);
  const found = await Promise.all([
    source.findRecords({ type: "community" }),
    source.findRecords({ type: "roll", roll }),
    source.findRecords({ type: "extension", meeting: number }),
  ]);
  const own = await Promise.all([source.record(recordIndex), source.record(resultIndex)]);
  const records = [...found.flat(), ...own].sort((a, b) => a.index - b.index);
  return { head, records };
}
