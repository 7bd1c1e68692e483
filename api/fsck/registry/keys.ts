import { bytesToHex, keccak256 } from "viem";
import { canonicalText } from "../../../protocol/anchor/json.ts";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { decodeKeyPage } from "../../../protocol/registry/pages.ts";
import type { Binding } from "../../../protocol/registry/pages.ts";
import type { BoundKey, Enrolment, KeyPage } from "../../database/generated/client.ts";
import { toKeyKind } from "../../http/session.ts";
import { parseCopy } from "../records.ts";
import type { FsckContext } from "../subject.ts";
import { ChainKeys } from "./chainKeys.ts";
import { KeyRecords } from "./keyRecords.ts";

/** A page of keys with the roll that it belongs to. */
export type Page = KeyPage & { communityId: string; number: number };

const PAGES = `
  SELECT p.*, r."communityId", r."number" FROM "KeyPage" p JOIN "Roll" r ON r."id" = p."rollId"
  ORDER BY r."communityId", r."number", p."rollId", p."page", p."createdAt"`;

/** Every page of keys is the one that was recorded and bound on chain, and every bound key stands in its page. */
export async function inspectKeys(context: FsckContext): Promise<void> {
  const { snapshot, inspection } = context;
  const onChain = new ChainKeys(context);
  const records = new KeyRecords(context);
  for await (const page of snapshot.stream<Page>(PAGES)) {
    inspection.count("KeyPage", page.communityId);
    await records.turnTo(page);
    inspectPage(context, page, records);
    if (page.state !== "bound") continue;
    const bindings = decode(page);
    await onChain.inspectPage(page);
    await inspectBound(context, page, { bindings, onChain, records });
    await inspectEnrolments(context, page, bindings);
  }
  await onChain.findUnlisted();
  await findLoose(context);
  await records.finish();
}

const placeOf = ({ communityId: community, id }: Page) => ({
  community,
  table: "KeyPage",
  row: id,
});

function decode({ kind, entries }: Page): Binding[] {
  try {
    return decodeKeyPage(toKeyKind(kind), bytesToHex(entries));
  } catch {
    return [];
  }
}

/** Those whose record went into the log. */
const PUBLISHED = ["binding", "bound"];

function inspectPage(context: FsckContext, page: Page, records: KeyRecords): void {
  const { inspection } = context;
  const place = placeOf(page);
  const record = parseCopy<RecordOf<"keys">>(context, place, page.record);
  if (!record) return;
  if (PUBLISHED.includes(page.state)) {
    const logged = records.findPage(page, canonicalText(record));
    if (logged === undefined) inspection.missing(place, "record in the log");
    else inspection.equal({ ...place, field: "record" }, logged, canonicalText(record));
  } else if (page.state === "refused") records.findPage(page, canonicalText(record));
  inspection.compare(place, page, {
    communityId: record.community,
    number: record.roll,
    page: record.page,
    kind: record.kind,
  });
  const found = { count: decode(page).length, entries: keccak256(page.entries) };
  const { count, entries } = record;
  inspection.equal({ ...place, field: "entries" }, { count, entries }, found);
}

interface Bound {
  bindings: readonly Binding[];
  onChain: ChainKeys;
  records: KeyRecords;
}

/** The keys of a page, one by one. */
async function inspectBound(
  { snapshot, inspection, chain }: FsckContext,
  page: Page,
  { bindings, onChain, records }: Bound,
): Promise<void> {
  const { communityId: community, rollId, page: number } = page;
  const sql = `SELECT * FROM "BoundKey" WHERE "rollId" = $1 AND "page" = $2 ORDER BY "position"`;
  const rows = await snapshot.rows<BoundKey>(sql, [rollId, number]);
  inspection.count("BoundKey", community, rows.length);
  const byPosition = new Map(rows.map((row) => [row.position, row]));
  for (const [position, binding] of bindings.entries()) {
    const place = { community, table: "BoundKey", row: `${rollId}/${number}/${position}` };
    const row = byPosition.get(position);
    byPosition.delete(position);
    if (!row) {
      inspection.missing(place);
      continue;
    }
    inspection.compare(place, row, { ...binding, kind: page.kind, keyPageId: page.id });
    if (chain && row.revocation !== "revoking") {
      const isRevoked = onChain.isRevoked(page, position);
      const field = "revocation";
      inspection.equal({ ...place, field }, isRevoked, row.revocation === "revoked");
      inspection.equal({ ...place, field: "revokedAt" }, isRevoked, row.revokedAt !== null);
    }
    if (row.revocation === "revoked") {
      const reason = records.findReason(page, position);
      if (reason === undefined) inspection.missing(place, "record of its revocation");
      else inspection.equal({ ...place, field: "reason" }, reason, row.reason);
    }
  }
  for (const { position } of byPosition.values()) {
    inspection.extra({ community, table: "BoundKey", row: `${rollId}/${number}/${position}` });
  }
}

/** Every key of the page was enrolled by somebody. */
async function inspectEnrolments(
  { snapshot, inspection }: FsckContext,
  page: Page,
  bindings: readonly Binding[],
): Promise<void> {
  const { communityId: community, rollId } = page;
  const sql = `SELECT * FROM "Enrolment" WHERE "keyPageId" = $1`;
  const rows = await snapshot.rows<Enrolment>(sql, [page.id]);
  inspection.count("Enrolment", community, rows.length);
  const byKey = new Map(rows.map((row) => [row.keyId, row]));
  for (const { voter, keyId } of bindings) {
    const row = byKey.get(keyId);
    byKey.delete(keyId);
    const place = { community, table: "Enrolment", row: row?.id ?? `${rollId} ${keyId}` };
    if (!row) inspection.missing(place);
    else inspection.compare(place, row, { rollId, voter, kind: page.kind, state: "bound" });
  }
  for (const { id } of byKey.values()) {
    inspection.extra({ community, table: "Enrolment", row: id });
  }
}

/** Keys of no page, and enrolments that are in none or in one that is not there for them. */
async function findLoose({ snapshot, inspection }: FsckContext): Promise<void> {
  type Loose = { row: string; community: string };
  const keys = `
    SELECT b."rollId" || '/' || b."page" || '/' || b."position" AS row, r."communityId" AS community FROM "BoundKey" b
    JOIN "Roll" r ON r."id" = b."rollId" JOIN "KeyPage" p ON p."id" = b."keyPageId"
    WHERE p."state" <> 'bound' OR p."rollId" <> b."rollId" OR p."page" <> b."page"`;
  for (const { row, community } of await snapshot.rows<Loose>(keys)) {
    inspection.extra({ community, table: "BoundKey", row });
  }
  const waiting = `
    SELECT r."communityId" AS community, count(*) AS count FROM "Enrolment" e JOIN "Roll" r ON r."id" = e."rollId"
    WHERE e."state" = 'waiting' GROUP BY 1`;
  for (const { community, count } of await snapshot.rows<{ community: string; count: bigint }>(
    waiting,
  )) {
    inspection.count("Enrolment", community, Number(count));
    // Two officers have yet to confirm them.
    inspection.skip("Enrolment waiting", "onlyHere", { community, count: Number(count) });
  }
  const astray = `
    SELECT e."id" AS row, r."communityId" AS community FROM "Enrolment" e JOIN "Roll" r ON r."id" = e."rollId"
    LEFT JOIN "KeyPage" p ON p."id" = e."keyPageId"
    WHERE (e."state" = 'waiting') <> (p."id" IS NULL)
      OR (e."state" = 'bound') <> (p."state" = 'bound') AND p."id" IS NOT NULL`;
  for (const { row, community } of await snapshot.rows<Loose>(astray)) {
    const place = { community, table: "Enrolment", row, field: "state or keyPageId" };
    inspection.find({ kind: "differs", ...place });
  }
}
