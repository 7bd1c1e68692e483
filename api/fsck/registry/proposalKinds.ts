import { keccak256 } from "viem";
import type { Hex } from "viem";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { buildingsHash } from "../../../protocol/registry/roll.ts";
import type { BoundKey, KeyPage, Proposal, Roll } from "../../database/generated/client.ts";
import { fromRoles } from "../../http/authority.ts";
import type { NewOfficer } from "../../registry/officer/officers.ts";
import type { StoredBuilding } from "../../registry/roll/freeze.ts";
import type { FsckContext, ProposalFacts, ProposalKind } from "../subject.ts";

const BOTH = ["registrar", "committee"] as const;

/** The row that a proposal's payload names, which in turn names the proposal. */
export async function findSubject<Row extends { id: string; proposalId: string | null }>(
  { snapshot, inspection }: FsckContext,
  { id: proposal, communityId: community, payload }: Proposal,
  { table, name }: { table: string; name: string },
): Promise<Row | undefined> {
  const id = (payload as Record<string, string>)[name];
  const [row] = await snapshot.rows<Row>(`SELECT * FROM "${table}" WHERE "id"::text = $1`, [id]);
  if (!row) return undefined;
  const place = { community, table, row: row.id, field: "proposalId" };
  inspection.equal(place, proposal, row.proposalId);
  return row;
}

const freezeRoll: ProposalKind = {
  primaryType: "Roll",
  roles: BOTH,
  table: "Roll",
  async facts(context, proposal) {
    const roll = await findSubject<Roll>(context, proposal, { table: "Roll", name: "roll" });
    if (!roll) return undefined;
    const { number, scope, voters, recordLeaf, linesRoot, areaBytes, totalAreaE4 } = roll;
    const record = JSON.parse(roll.record) as RecordOf<"roll">;
    const buildings = (roll.buildings as unknown as StoredBuilding[]).map((row) => {
      return { ...row, areaE4: BigInt(row.areaE4) };
    });
    const terms = { linesRoot, areas: record.areas, areaBytes, voters, totalArea: totalAreaE4 };
    const about = { roll: number, scope, voters, totalArea: record.totalArea };
    return {
      payload: { roll: roll.id },
      message: { roll: number, record: recordLeaf, ...terms, buildings: buildingsHash(buildings) },
      summary: { ...about, buildings: record.buildings.length },
    };
  },
};

const bindKeys: ProposalKind = {
  primaryType: "Keys",
  roles: BOTH,
  table: "KeyPage",
  async facts(context, proposal) {
    const place = { table: "KeyPage", name: "keyPage" };
    const row = await findSubject<KeyPage>(context, proposal, place);
    if (!row) return undefined;
    const { page, kind, entries, record } = row;
    const { count, roll } = JSON.parse(record) as RecordOf<"keys">;
    return {
      payload: { keyPage: row.id },
      message: { roll, page, kind, entries: keccak256(entries) },
      summary: { roll, page, kind, count },
    };
  },
};

const REVOKED = `
  SELECT b.*, r."number" FROM "BoundKey" b JOIN "Roll" r ON r."id" = b."rollId"
  WHERE b."rollId"::text = $1 AND b."page" = $2 AND b."position" = $3`;

const revokeKey: ProposalKind = {
  primaryType: "Revoke",
  roles: BOTH,
  table: "BoundKey",
  async facts(context, { payload, summary, state }) {
    const { rollId, page, position } = payload as {
      rollId: string;
      page: number;
      position: number;
    };
    type Row = BoundKey & { number: number };
    const [key] = await context.snapshot.rows<Row>(REVOKED, [rollId, page, position]);
    if (!key) return undefined;
    const place = { roll: key.number, page: key.page, position: key.position };
    // One that was taken back, or that the chain refused, has left no reason with the key.
    const isStanding = state !== "withdrawn" && key.reason !== null;
    const { reason } = isStanding ? key : (summary as { reason: string });
    return {
      payload: { rollId: key.rollId, page: key.page, position: key.position },
      message: place,
      summary: { ...place, reason },
    };
  },
};

/** The proposal is the only place where a title is kept before it is the officer's: what was signed says the rest. */
const setOfficer: ProposalKind = {
  primaryType: "Officer",
  roles: BOTH,
  table: "Officer",
  facts(_context, { payload, typedData }) {
    const { signer, roles, title } = payload as unknown as NewOfficer;
    const { message } = typedData as { message: { nonce: string; signer: Hex; roles: number } };
    const facts: ProposalFacts = {
      payload: { signer: message.signer, roles, title },
      message: { signer, roles: fromRoles(roles), nonce: message.nonce },
      summary: { title, signer, roles: roles.join(" ") },
    };
    return Promise.resolve(facts);
  },
};

export const registryProposals = { freezeRoll, bindKeys, revokeKey, setOfficer };
