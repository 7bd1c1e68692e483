import type { OUTCOMES } from "../../../protocol/anchor/record/assembly.ts";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import type { UsePlan } from "../../../protocol/assembly/plan.ts";
import type { Db, Tx } from "../../database/client.ts";
import { DomainError } from "../../http/errors.ts";
import { finalAt, getMeeting } from "./find.ts";
import { parseMeetingRecord } from "./record.ts";

/** A motion as later subjects need it. */
export interface MotionState {
  meeting: number;
  /** From 0. */
  motion: number;
  title: string;
  item: number;
  plan: UsePlan | undefined;
  /** Index of the meeting's record, and of its result's. */
  recordIndex: number | null;
  resultIndex: number | null;
  /** Null before the count. */
  outcome: (typeof OUTCOMES)[number] | null;
  concludedAt: Date | null;
  /** When objections can no longer be raised; null before the count. */
  finalAt: Date | null;
}

/** Throws AssemblyMeetingUnknown, or AssemblyMotionUnknown. */
export async function getMotion(
  db: Db | Tx,
  communityId: string,
  { meeting: number, motion }: { meeting: number; motion: number },
): Promise<MotionState> {
  const meeting = await getMeeting(db, communityId, number);
  const found = parseMeetingRecord(meeting).motions[motion];
  if (!found) throw new DomainError("AssemblyMotionUnknown", { meeting: number, motion });
  const result = meeting.result as RecordOf<"result"> | null;
  return {
    ...{ meeting: number, motion, title: found.title, item: found.item, plan: found.plan },
    ...{ recordIndex: meeting.recordIndex, resultIndex: meeting.resultIndex },
    outcome: result?.motions[motion]?.outcome ?? null,
    concludedAt: meeting.concludedAt,
    finalAt: finalAt(meeting) ?? null,
  };
}
