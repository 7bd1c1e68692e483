import type { Hex } from "viem";
import type { AssemblyEvent } from "../../../protocol/verify/events.ts";
import { eventsNamed } from "../../../protocol/verify/events.ts";
import type { FsckContext } from "../subject.ts";
import type { ChainMeeting } from "./chainMeetings.ts";

/** A batch as the Assembly's events tell of it. */
export interface ChainBatch {
  origin: number;
  root: Hex;
  count: number;
  sealedIn: Hex;
  block: number;
  /** Undefined while it is neither opened nor lapsed. */
  counted: { state: "opened" | "lapsed"; codes: Hex | null; openedIn: Hex } | undefined;
  /** Whether a row was found for it. */
  met: boolean;
}

/** The batches of a meeting by their number. */
export function toBatches(
  events: readonly AssemblyEvent[],
  meeting: number,
): Map<number, ChainBatch> {
  const batches = new Map<number, ChainBatch>();
  const isOurs = ({ args }: { args: { meeting: bigint } }): boolean =>
    Number(args.meeting) === meeting;
  for (const { args, log } of eventsNamed(events, "BatchSealed").filter(isOurs)) {
    const { origin, root, count } = args;
    const sealed = { origin, root, count: Number(count), sealedIn: log.transactionHash };
    const state = { block: log.blockNumber, counted: undefined, met: false };
    batches.set(Number(args.batch), { ...sealed, ...state });
  }
  for (const { args, log } of eventsNamed(events, "BatchCounted").filter(isOurs)) {
    const { codes } = args;
    const counted = { state: "opened", codes, openedIn: log.transactionHash } as const;
    const batch = batches.get(Number(args.batch));
    if (batch) batch.counted = counted;
  }
  for (const { args, log } of eventsNamed(events, "BatchLapsed").filter(isOurs)) {
    const counted = { state: "lapsed", codes: null, openedIn: log.transactionHash } as const;
    const batch = batches.get(Number(args.batch));
    if (batch) batch.counted = counted;
  }
  return batches;
}

/** What others seal is taken up a moment later: so many blocks are waited for. */
const GRACE_BLOCKS = 10n;

/** Batches on chain that nobody keeps a row of. */
export async function findUnlistedBatches(
  context: FsckContext,
  of: { community: string; number: number; meeting: ChainMeeting },
): Promise<void> {
  const { community, number, meeting } = of;
  const { inspection } = context;
  for (const [batch, found] of meeting.batches) {
    if (found.met) continue;
    const row = `meeting ${number} batch ${batch}`;
    if (await isUnderWay(context, found)) {
      inspection.skip(`Batch of ${row}`, "underWay", { community });
    } else inspection.missing({ community, table: "Batch", row });
  }
}

/** Ours: until its handler has run. Sealed by others: until the service has looked. */
async function isUnderWay(
  { snapshot, chain }: FsckContext,
  { sealedIn, block }: ChainBatch,
): Promise<boolean> {
  const [call] = await snapshot.rows<{ state: string }>(
    `SELECT c."state" FROM "ChainTransaction" t JOIN "ChainCall" c ON c."id" = t."callId" WHERE t."hash" = $1`,
    [sealedIn],
  );
  return call ? call.state === "sent" : BigInt(block) + GRACE_BLOCKS > chain!.block;
}
