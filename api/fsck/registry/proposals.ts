import { hashTypedData, keccak256 } from "viem";
import type { Hex, TypedDataDefinition } from "viem";
import type { Verifiers } from "../../chain/service.ts";
import type { Attestation, Proposal } from "../../database/generated/client.ts";
import { verifyAttestation } from "../../registry/officer/signer.ts";
import { toJson } from "../../registry/proposal/typedData.ts";
import { readVerifiers } from "../chain/verifiers.ts";
import type { FsckContext, ProposalKind } from "../subject.ts";
import { requireOfficer } from "./communities.ts";

type Signed = Omit<Attestation, "at">;
type Row = Proposal & { attestations: Signed[] | null };

const PROPOSALS = `
  SELECT p.*, (SELECT jsonb_agg(to_jsonb(a) ORDER BY a."at", a."officer") FROM "Attestation" a
    WHERE a."proposalId" = p."id") AS attestations
  FROM "Proposal" p ORDER BY p."createdAt", p."id"`;

/** Every proposal is what its signers saw and signed, about a row that says the same, and signed by whom it says. */
export async function inspectProposals(
  context: FsckContext,
  kinds: Readonly<Record<string, ProposalKind>>,
): Promise<void> {
  const { snapshot, inspection } = context;
  const verifiers = await readVerifiers(context);
  for await (const row of snapshot.stream<Row>(PROPOSALS)) {
    const { communityId: community } = row;
    inspection.count("Proposal", community);
    inspection.count("Attestation", community, row.attestations?.length ?? 0);
    const place = { community, table: "Proposal", row: row.id };
    inspection.equal({ ...place, field: "digest or typedData" }, digestOf(row), row.digest);
    inspectDomain(context, row);
    const kind = kinds[row.kind];
    const { primaryType } = row.typedData as TypedJson;
    if (kind) await inspectFacts(context, row, kind);
    else if (Object.values(kinds).some((known) => known.primaryType === primaryType)) {
      inspection.equal({ ...place, field: "kind" }, `one that signs ${primaryType}`, row.kind);
    } else inspection.skip(`Proposal ${row.kind}`, "unknownKind", { community, count: 1 });
    await inspectAttestations(context, row, verifiers);
  }
}

function digestOf({ typedData }: Row): string {
  try {
    return hashTypedData(typedData as unknown as TypedDataDefinition);
  } catch {
    return "none";
  }
}

interface TypedJson {
  primaryType?: string;
  domain?: { chainId?: number; verifyingContract?: string };
  message?: object;
}

/** What was signed is for this community's own contracts. */
function inspectDomain({ inspection, communities }: FsckContext, row: Row): void {
  const place = { community: row.communityId, table: "Proposal", row: row.id };
  const community = communities.get(row.communityId);
  if (!community) return inspection.extra(place, "communityId");
  const { domain } = row.typedData as TypedJson;
  const contracts = Object.values(community).filter((value) => typeof value === "string");
  const contract = domain?.verifyingContract?.toLowerCase() ?? "";
  const isOwn = contracts.some((address) => address.toLowerCase() === contract);
  if (!isOwn || domain?.chainId !== community.chainId) {
    inspection.find({ kind: "differs", ...place, field: "communityId or typedData" });
  }
}

async function inspectFacts(context: FsckContext, row: Row, kind: ProposalKind): Promise<void> {
  const { inspection } = context;
  const place = { community: row.communityId, table: "Proposal", row: row.id };
  const facts = await kind.facts(context, row);
  if (!facts) {
    inspection.missing(place, "the row that it is about");
    inspection.missing({ ...place, table: kind.table, row: `of proposal ${row.id}` });
    return;
  }
  const { message, primaryType } = row.typedData as TypedJson;
  inspection.equal({ ...place, field: "kind" }, kind.primaryType, primaryType);
  inspection.equal({ ...place, field: "typedData" }, toTexts(facts.message), toTexts(message));
  inspection.equal({ ...place, field: "payload" }, facts.payload, row.payload);
  inspection.equal({ ...place, field: "summary" }, facts.summary, row.summary);
  inspection.equal({ ...place, field: "roles" }, kind.roles, row.roles);
}

/** Integers of the message stand as decimal texts or as numbers, by their width. */
const toTexts = (message: unknown): unknown =>
  JSON.parse(JSON.stringify(toJson(message)), (_name, part: unknown) =>
    typeof part === "number" ? String(part) : part,
  ) as unknown;

async function inspectAttestations(
  context: FsckContext,
  row: Row,
  verifiers: Verifiers | undefined,
): Promise<void> {
  const { inspection } = context;
  const { communityId: community } = row;
  const place = { community, table: "Proposal", row: row.id };
  const given = row.attestations ?? [];
  for (const attestation of given) {
    await inspectAttestation(context, row, attestation);
    const place = { community, table: "Attestation", row: `${row.id} ${attestation.officer}` };
    if (await isSound(row, attestation, verifiers)) continue;
    inspection.find({ kind: "differs", ...place, field: "signer or signature" });
  }
  const signedFor = given.map(({ role }) => role).sort();
  const isSigned = signedFor.join() === [...row.roles].sort().join();
  if (row.state === "complete" && !isSigned) {
    const signatures = `${row.id} of ${row.roles.join(" and ")}`;
    inspection.missing({ ...place, table: "Attestation", row: signatures });
  }
  if (row.state !== "complete" && isSigned) {
    inspection.equal({ ...place, field: "state" }, "complete", row.state);
  }
  const isClosed = row.state !== "open";
  if (isClosed !== (row.closedAt !== null)) {
    inspection.equal({ ...place, field: "closedAt" }, isClosed ? "set" : "", show(row.closedAt));
  }
  await requireOfficer(context, { ...place, field: "createdBy" }, row.createdBy);
  if (row.excluded !== null) {
    await requireOfficer(context, { ...place, field: "excluded" }, row.excluded);
  }
}

const show = (at: Date | null): string => (at ? "set" : "");

async function inspectAttestation(
  context: FsckContext,
  { id, communityId: community, roles }: Row,
  { officer, role, signer }: Signed,
): Promise<void> {
  const { inspection } = context;
  const place = { community, table: "Attestation", row: `${id} ${officer}` };
  inspection.equal({ ...place, field: "officer" }, idOf(signer), officer);
  if (!roles.includes(role)) inspection.equal({ ...place, field: "role" }, roles, role);
  await requireOfficer(context, { ...place, field: "officer" }, officer);
}

async function isSound(
  { digest }: Row,
  { signer, signature }: Signed,
  verifiers: Verifiers | undefined,
): Promise<boolean> {
  const attested = { signer: signer as Hex, digest: digest as Hex, signature: signature as Hex };
  try {
    return await verifyAttestation(attested, verifiers);
  } catch {
    return false;
  }
}

function idOf(signer: string): string {
  try {
    return keccak256(signer as Hex);
  } catch {
    return "none";
  }
}
