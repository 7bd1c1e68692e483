import type { Hex } from "viem";
import { sealedRoot } from "../../../protocol/assembly/ballot.ts";
import { treeRoot } from "../../../protocol/registry/tree.ts";
import type { Batch } from "../../database/generated/client.ts";
import type { FsckContext } from "../subject.ts";
import type { ChainMeetings } from "./chainMeetings.ts";
import type { MeetingRow } from "./meetings.ts";

type Row = Batch & { leaves: string[] | null; places: number[] | null; isOpening: boolean };

const BATCHES = `
  SELECT b.*, l.leaves, l.places, EXISTS (
    SELECT FROM "ChainCall" c WHERE c."kind" IN ('open', 'lapse') AND c."ref" LIKE b."id" || ':%'
      AND c."state" IN ('waiting', 'sent')) AS "isOpening"
  FROM "Batch" b LEFT JOIN LATERAL (
    SELECT array_agg(x."leaf" ORDER BY x."place") AS leaves, array_agg(x."place" ORDER BY x."place") AS places FROM (
      SELECT "leaf", "place" FROM "Ballot" WHERE "batchId" = b."id"
      UNION ALL SELECT "leaf", "place" FROM "PaperBallot" WHERE "batchId" = b."id") x) l ON true
  WHERE b."meetingId" = $1 ORDER BY b."number" NULLS LAST, b."createdAt"`;

const ON_CHAIN = ["sealed", "opening", "opened", "lapsed"];

/** Every batch is the one that was sealed, holds the ballots that make its root, and came out as the chain counted it. */
export async function inspectBatches(
  context: FsckContext,
  meeting: MeetingRow,
  onChain: ChainMeetings,
): Promise<void> {
  const { snapshot, inspection } = context;
  const { communityId: community } = meeting;
  const found = await onChain.find(meeting);
  const times = new BlockTimes(context);
  for await (const row of snapshot.stream<Row>(BATCHES, [meeting.id])) {
    inspection.count("Batch", community);
    inspectContent(context, community, row);
    const isOpening = row.state === "opening";
    if (isOpening !== row.isOpening) {
      const place = { community, table: "Batch", row: row.id, field: "state" };
      inspection.equal(place, row.isOpening ? "opening" : "not opening", row.state);
    }
    if (!found || !ON_CHAIN.includes(row.state)) continue;
    const place = { community, table: "Batch", row: row.id };
    const sealed = row.number === null ? undefined : found.batches.get(row.number);
    if (!sealed || sealed.met) {
      inspection.extra(place, "not on chain");
      continue;
    }
    sealed.met = true;
    const { origin, root, count, sealedIn, counted } = sealed;
    const sealedAt = await times.of(sealed.block);
    inspection.compare(place, row, { origin, count, sealedIn, sealedAt });
    const own = sealedRoot(row.root as Hex, row.origin);
    inspection.equal({ ...place, field: "root" }, sealedRoot(root, origin), own);
    inspectCounted(context, { community, row, counted });
  }
}

/** The leaves of a batch's ballots make its root. */
function inspectContent({ inspection }: FsckContext, community: string, row: Row): void {
  const place = { community, table: "Batch", row: row.id };
  const { leaves, places, foreign, count } = row;
  if (row.state === "refused" || foreign) {
    if (leaves) inspection.equal({ ...place, field: "ballots" }, 0, leaves.length);
    return;
  }
  const expected = Array.from({ length: count }, (_, i) => i);
  const isWhole = inspection.equal({ ...place, field: "ballots" }, expected, places ?? []);
  const table = row.origin === 1 ? "PaperBallot" : "Ballot";
  for (const gone of expected.filter((number) => places?.includes(number) !== true)) {
    inspection.missing({ community, table, row: `batch ${row.id}, place ${gone}` });
  }
  if (!isWhole) return;
  const found = treeRoot((leaves ?? []) as Hex[]);
  inspection.equal({ ...place, field: "root or leaves" }, found, row.root);
}

type Counted = { state: "opened" | "lapsed"; codes: Hex | null; openedIn: Hex } | undefined;

function inspectCounted(
  { inspection }: FsckContext,
  { community, row, counted }: { community: string; row: Batch; counted: Counted },
): void {
  const place = { community, table: "Batch", row: row.id };
  const isKnown = row.state === "opened" || row.state === "lapsed";
  if (counted && !isKnown) {
    inspection.skip(`Batch ${row.number} count`, "underWay", { community });
    return;
  }
  if (counted) {
    inspection.compare(place, row, counted);
    return;
  }
  if (isKnown) inspection.equal({ ...place, field: "state" }, "sealed", row.state);
  inspection.compare(place, row, { codes: null, openedIn: null });
}

class BlockTimes {
  readonly #context: FsckContext;
  readonly #known = new Map<number, Date>();

  constructor(context: FsckContext) {
    this.#context = context;
  }

  async of(block: number): Promise<Date> {
    const known = this.#known.get(block);
    if (known) return known;
    const { timestamp } = await this.#context.chain!.client.getBlock({
      blockNumber: BigInt(block),
    });
    const time = new Date(Number(timestamp) * 1000);
    this.#known.set(block, time);
    return time;
  }
}
