import { keccak256 } from "viem";
import type { Hex } from "viem";
import { registryAbi } from "../../../protocol/abi/registry.ts";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import type { Community, Deployment, Officer } from "../../database/generated/client.ts";
import { fromRoles } from "../../http/authority.ts";
import { personOf } from "../../registry/officer/signer.ts";
import { readEvents } from "../chain/events.ts";
import type { Place } from "../inspection.ts";
import { parseCopy } from "../records.ts";
import type { FsckContext } from "../subject.ts";

type Row = Community & { text: string | null; deployment: Deployment | null };

const COMMUNITIES = `
  SELECT c.*, r."text", to_jsonb(d) AS deployment FROM "Community" c
  LEFT JOIN "Record" r ON r."communityId" = c."id" AND r."index" = 0
  LEFT JOIN "Deployment" d ON d."communityId" = c."id" ORDER BY c."id"`;

/** Every community is the one that its first record says, and lives where its contracts were deployed. */
export async function inspectCommunities(context: FsckContext): Promise<void> {
  const { snapshot, inspection } = context;
  for (const row of await snapshot.rows<Row>(COMMUNITIES)) {
    const place = { community: row.id, table: "Community", row: row.id };
    inspection.count("Community", row.id);
    if (row.deployment) {
      const state = row.deployment.state === "done" ? "ready" : "deploying";
      inspection.equal({ ...place, field: "state" }, state, row.state);
    }
    if (row.state !== "ready") {
      inspection.skip(`Community ${row.id}`, "underWay");
      continue;
    }
    const record = row.text === null ? undefined : parseFirst(context, row, row.text);
    if (!record) inspection.missing(place, "record 0");
    else {
      const { name, chainId, registry, anchor, assembly, fund, demonstration } = record;
      const expected = { name, chainId, registry, anchor, assembly, fund, demonstration };
      inspection.compare(place, row, expected);
    }
    inspectAddresses(context, row);
  }
  await findHomeless(context);
}

function parseFirst(context: FsckContext, { id }: Row, text: string) {
  const place = { community: id, table: "Record", row: "0" };
  const record = parseCopy<RecordOf<"community">>(context, place, text);
  return record?.type === "community" ? record : undefined;
}

function inspectAddresses({ inspection }: FsckContext, row: Row): void {
  const place = { community: row.id, table: "Community", row: row.id };
  if (!row.deployment) return; // Named with the chain.
  const lower = (address: string | null): string => (address ?? "").toLowerCase();
  for (const name of ["registry", "anchor", "assembly", "fund"] as const) {
    inspection.equal({ ...place, field: name }, lower(row.deployment[name]), lower(row[name]));
  }
}

/** Logs of communities that are not there. */
async function findHomeless({ snapshot, inspection }: FsckContext): Promise<void> {
  const sql = `
    SELECT "communityId" AS id FROM "Log" l
    WHERE NOT EXISTS (SELECT FROM "Community" c WHERE c."id" = l."communityId")`;
  for (const { id } of await snapshot.rows<{ id: string }>(sql)) {
    inspection.missing({ community: id, table: "Community", row: id });
  }
}

/** Every officer has the roles that the Registry gave him, and the titles that two officers signed. */
export async function inspectOfficers(context: FsckContext): Promise<void> {
  for (const community of context.communities.values()) {
    if (community.state === "ready") await inspectOfficersOf(context, community);
  }
}

interface Appointed {
  signer: Hex;
  roles: number;
}

async function inspectOfficersOf(context: FsckContext, { id, registry }: Community): Promise<void> {
  const { snapshot, inspection, chain } = context;
  const appointed = new Map<string, Appointed>();
  for (const { eventName, args } of await readEvents(context, registry, registryAbi)) {
    if (eventName !== "OfficerSet") continue;
    appointed.set(args.officerId, { signer: args.signer, roles: args.roles });
  }
  const titles = await readTitles(context, id);
  const published = await readAppointments(context, id, titles);
  const sql = `SELECT * FROM "Officer" WHERE "communityId" = $1 ORDER BY "id"`;
  for (const row of await snapshot.rows<Officer>(sql, [id])) {
    inspection.count("Officer", id);
    const place = { community: id, table: "Officer", row: row.id };
    const signer = row.signer as Hex;
    inspection.equal({ ...place, field: "id or signer" }, keccak256(signer), row.id);
    inspection.equal({ ...place, field: "keyId" }, keyIdOf(signer), row.keyId);
    const title = titles.get(row.id);
    if (title !== undefined) inspection.equal({ ...place, field: "title" }, title, row.title);
    const record = published.get(row.id);
    if (record) {
      const { roles } = record;
      inspection.equal({ ...place, field: "title" }, record.title, row.title);
      inspection.equal({ ...place, field: "roles" }, fromRoles(roles), row.roles);
    }
    if (!chain) continue;
    const known = appointed.get(row.id);
    if (known) inspection.equal({ ...place, field: "roles" }, known.roles, row.roles);
    else inspection.extra(place, "not on chain");
    appointed.delete(row.id);
  }
  await findUnlisted(context, id, appointed);
}

function keyIdOf(signer: Hex): string {
  try {
    return personOf(signer).keyId;
  } catch {
    return "none";
  }
}

/** The service's own account is an officer too where nobody named it; it has no row. */
async function findUnlisted(
  { snapshot, inspection }: FsckContext,
  community: string,
  appointed: ReadonlyMap<string, Appointed>,
): Promise<void> {
  const relayers = await snapshot.rows<{ relayer: string }>(
    `SELECT DISTINCT "relayer" FROM "ChainTransaction" WHERE "relayer" IS NOT NULL`,
  );
  const own = new Set(relayers.map(({ relayer }) => relayer.toLowerCase()));
  const changes = await snapshot.rows<{ signer: string }>(
    `SELECT p."payload"->>'signer' AS signer FROM "Proposal" p
     JOIN "ChainCall" c ON c."kind" = 'setOfficer' AND c."ref" = p."id"::text AND c."state" = 'sent'
     WHERE p."communityId" = $1`,
    [community],
  );
  const underWay = new Set(changes.map(({ signer }) => signer.toLowerCase()));
  for (const [id, { signer, roles }] of appointed) {
    const lower = signer.toLowerCase();
    if (own.has(lower) || underWay.has(lower) || roles === 0) continue;
    inspection.missing({ community, table: "Officer", row: id });
  }
}

/** The title that was last signed for an officer; those of the first officers stand in the table only. */
async function readTitles(
  { snapshot }: FsckContext,
  community: string,
): Promise<Map<string, string>> {
  const rows = await snapshot.rows<{ payload: { signer: Hex; title: string } }>(
    `SELECT p."payload" FROM "Proposal" p
     JOIN "ChainCall" c ON c."kind" = 'setOfficer' AND c."ref" = p."id"::text AND c."state" = 'mined'
     WHERE p."communityId" = $1 AND p."kind" = 'setOfficer' ORDER BY c."id"`,
    [community],
  );
  return new Map(rows.map(({ payload }) => [keccak256(payload.signer), payload.title]));
}

type Appointment = RecordOf<"appointment">;

/** What was published last about each officer; records of somebody whom nobody signed for are named. */
async function readAppointments(
  context: FsckContext,
  community: string,
  signed: ReadonlyMap<string, string>,
): Promise<Map<string, Appointment>> {
  const rows = await context.snapshot.rows<{ index: number; text: string }>(
    `SELECT "index", "text" FROM "Record"
     WHERE "communityId" = $1 AND "type" = 'appointment' ORDER BY "index"`,
    [community],
  );
  const published = new Map<string, Appointment>();
  for (const { index, text } of rows) {
    const place = { community, table: "Record", row: String(index) };
    const record = parseCopy<Appointment>(context, place, text);
    if (!record) continue;
    if (signed.has(record.officer)) published.set(record.officer, record);
    else context.inspection.missing({ community, table: "Proposal", row: `of record ${index}` });
  }
  return published;
}

/** Somebody who is named in a row is or was an officer of the community. */
export async function requireOfficer(
  { snapshot, inspection }: FsckContext,
  place: Place & { field: string },
  id: string,
): Promise<void> {
  const sql = `SELECT 1 FROM "Officer" WHERE "communityId" = $1 AND "id" = $2`;
  const [known] = await snapshot.rows(sql, [place.community, id]);
  if (!known) inspection.equal(place, "an officer", id);
}
