import { bytesToHex, hexToBytes } from "viem";
import type { Hex } from "viem";
import { paperLeaf, scanHash } from "../../../protocol/assembly/ballot.ts";
import { ballotLeaf, createDigests, signingInputOf } from "../../../protocol/assembly/opening.ts";
import { paperDigest } from "../../../protocol/assembly/sheet.ts";
import { decodeAreaPages } from "../../../protocol/registry/pages.ts";
import { verifyKeySignature } from "../../../protocol/registry/signature.ts";
import { toOwn } from "../../assembly/counting/opening.ts";
import type { Ballot, PaperBallot } from "../../database/generated/client.ts";
import { requireOfficer } from "../registry/communities.ts";
import type { FsckContext } from "../subject.ts";
import type { MeetingRow } from "./meetings.ts";

/** What both kinds of ballots are compared with. */
interface Frame {
  context: FsckContext;
  meeting: MeetingRow;
  areas: readonly bigint[];
  digestOf: (answers: number) => Hex;
}

type Joined<Row> = Row & { batchState: string | null; batchCodes: string | null };
type Own = Joined<Ballot> & {
  boundVoter: number | null;
  boundKind: number | null;
  keyId: string | null;
  /** How often the same ballot was cast before. */
  ordinal: bigint;
};
type Paper = Joined<PaperBallot> & { unitVoter: number | null; kept: boolean };

const BALLOTS = `
  SELECT b.*, k."voter" AS "boundVoter", k."kind" AS "boundKind", k."keyId", t."state" AS "batchState",
    t."codes" AS "batchCodes", row_number() OVER (PARTITION BY b."leaf" ORDER BY b."id") - 1 AS ordinal
  FROM "Ballot" b
  LEFT JOIN "BoundKey" k ON k."rollId" = $2 AND k."page" = b."page" AND k."position" = b."position"
  LEFT JOIN "Batch" t ON t."id" = b."batchId"
  WHERE b."meetingId" = $1 ORDER BY b."id"`;

const PAPERS = `
  SELECT p.*, u."voter" AS "unitVoter", t."state" AS "batchState", t."codes" AS "batchCodes",
    EXISTS (SELECT FROM "Document" d WHERE d."communityId" = $3 AND d."sha256" = p."scan" AND d."confidential") AS kept
  FROM "PaperBallot" p
  LEFT JOIN "RollUnit" u ON u."rollId" = $2 AND u."unit" = p."unit"
  LEFT JOIN "Batch" t ON t."id" = p."batchId"
  WHERE p."meetingId" = $1 ORDER BY p."id"`;

/** Every ballot makes its own leaf, is its key's voter's, and was counted with the code that the chain gave it. */
export async function inspectBallots(context: FsckContext, meeting: MeetingRow): Promise<void> {
  const { snapshot, inspection, communities } = context;
  const { communityId: community, id, rollId, items } = meeting;
  const { chainId, assembly } = communities.get(community) ?? {};
  const domain = { chainId: chainId ?? 0, contract: (assembly ?? undefined) as Hex };
  const digestOf = createDigests({
    domain,
    meeting: BigInt(meeting.number ?? 0),
    motions: items.length,
  });
  const frame = { context, meeting, areas: await readAreas(context, meeting), digestOf };
  for await (const row of snapshot.stream<Own>(BALLOTS, [id, rollId])) {
    inspection.count("Ballot", community);
    await inspectOwn(frame, row);
  }
  for await (const row of snapshot.stream<Paper>(PAPERS, [id, rollId, community])) {
    inspection.count("PaperBallot", community);
    await inspectPaper(frame, row);
  }
}

async function readAreas({ snapshot }: FsckContext, { rollId }: MeetingRow): Promise<bigint[]> {
  const sql = `SELECT "areas", "areaBytes" FROM "Roll" WHERE "id" = $1`;
  const [roll] = await snapshot.rows<{ areas: Buffer; areaBytes: number }>(sql, [rollId]);
  try {
    return roll ? decodeAreaPages([bytesToHex(roll.areas)], roll.areaBytes) : [];
  } catch {
    return [];
  }
}

async function inspectOwn(frame: Frame, row: Own): Promise<void> {
  const { inspection } = frame.context;
  // The leaf is public; the row's number would say when it came.
  const place = { community: frame.meeting.communityId, table: "Ballot", row: `${row.id}` };
  const content = { ...place, field: "page, position, form, envelope, answers, signature or leaf" };
  const isOwn = inspection.secret(content, leafOf(frame, row) === row.leaf);
  if (row.boundVoter === null)
    inspection.missing({ ...place, table: "BoundKey" }, "page, position");
  else {
    inspection.secret({ ...place, field: "voter" }, row.voter === row.boundVoter);
    inspection.equal({ ...place, field: "kind" }, row.boundKind, row.kind);
  }
  inspection.equal({ ...place, field: "areaE4" }, frame.areas[row.boundVoter ?? -1], row.areaE4);
  const waiting = row.state === "waiting" ? row.voter : null;
  inspection.secret({ ...place, field: "waitingVoter" }, row.waitingVoter === waiting);
  inspection.equal({ ...place, field: "repeat" }, row.ordinal, row.repeat);
  inspectPlace(frame, place, row);
  // What is sealed the count judges; what waits is judged here.
  if (isOwn && row.state === "waiting" && row.keyId !== null) {
    inspection.secret({ ...place, field: "signature" }, await isSigned(frame, row));
  }
}

function leafOf({ digestOf }: Frame, row: Own): string {
  try {
    return ballotLeaf(toOwn(row), digestOf(Number(row.answers)));
  } catch {
    return "none";
  }
}

async function isSigned({ digestOf }: Frame, row: Own): Promise<boolean> {
  const ballot = toOwn(row);
  const { kind, signature } = ballot;
  const input = signingInputOf(ballot, digestOf(ballot.answers));
  return verifyKeySignature({ kind, keyId: row.keyId as Hex, signature, input });
}

const SETTLED = ["sealing", "sealed"];

type Counted = Joined<Pick<Ballot, "batchId" | "place" | "code">> & { state: string };

/** State, batch and code fit together. */
function inspectPlace(
  { context: { inspection } }: Frame,
  place: { community: string; table: string; row: string },
  row: Counted,
): void {
  const isPlaced = SETTLED.includes(row.state);
  if (isPlaced !== (row.batchId !== null)) {
    inspection.find({ kind: "differs", ...place, field: "state or batchId" });
  } else if (isPlaced) {
    const isSealing = row.batchState === "sealing" || row.batchState === "proposed";
    inspection.equal({ ...place, field: "state" }, isSealing ? "sealing" : "sealed", row.state);
  }
  if (row.batchId === null) {
    inspection.equal({ ...place, field: "place" }, null, row.place);
    return;
  }
  const codes = row.batchCodes === null ? undefined : hexToBytes(row.batchCodes as Hex);
  inspection.equal({ ...place, field: "code" }, codes?.[row.place ?? -1] ?? null, row.code);
}

const STANDING = ["entered", "checked", "sealing", "sealed", "late"];
const CHECKED = ["returned", "checked", "sealing", "sealed"];

async function inspectPaper(frame: Frame, row: Paper): Promise<void> {
  const { inspection } = frame.context;
  const place = { community: frame.meeting.communityId, table: "PaperBallot", row: row.id };
  const isOwn = paperLeafOf(frame, row) === row.leaf;
  inspection.secret({ ...place, field: "voter, answers, scan, scanSalt or leaf" }, isOwn);
  inspection.secret({ ...place, field: "unit or voter" }, row.unitVoter === row.voter);
  inspection.equal({ ...place, field: "areaE4" }, frame.areas[row.voter], row.areaE4);
  if (!row.kept) inspection.missing({ ...place, table: "Document", row: row.scan });
  const standing = STANDING.includes(row.state) ? row.voter : null;
  inspection.secret({ ...place, field: "standingVoter" }, row.standingVoter === standing);
  if (CHECKED.includes(row.state) !== (row.checkedBy !== null) && row.state !== "late") {
    inspection.find({ kind: "differs", ...place, field: "checkedBy" });
  }
  if ((row.checkedBy === null) !== (row.checkedAt === null)) {
    inspection.find({ kind: "differs", ...place, field: "checkedAt" });
  }
  if (row.checkedBy === row.enteredBy) inspection.extra(place, "checkedBy");
  for (const field of ["enteredBy", "checkedBy"] as const) {
    const teller = row[field];
    if (teller !== null) await requireOfficer(frame.context, { ...place, field }, teller);
  }
  inspectPlace(frame, place, row);
}

function paperLeafOf({ meeting }: Frame, row: Paper): string {
  try {
    const digest = paperDigest(BigInt(meeting.number ?? 0), Number(row.answers));
    const scan = scanHash(row.scanSalt as Hex, row.scan as Hex);
    return paperLeaf(row.voter, digest, scan);
  } catch {
    return "none";
  }
}
