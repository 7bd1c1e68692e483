import type { Db } from "../../database/client.ts";
import type { BoundKey, Enrolment, Prisma } from "../../database/generated/client.ts";

/** Who confirmed something: the office and the role, not the person. */
interface Confirmation {
  role: string;
  title: string;
  at: string;
}

const PROPOSAL = { include: { attestations: { orderBy: { at: "asc" as const } } } };
type SignedProposal = Prisma.ProposalGetPayload<typeof PROPOSAL>;

/** What ever happened to the keys of a voter in a roll, newest first. */
export async function viewKeys(
  db: Db,
  { communityId, rollId, voter }: { communityId: string; rollId: string; voter: number },
) {
  const where = { rollId, voter };
  const bound = await db.boundKey.findMany({ where, include: { keyPage: true } });
  const enrolments = await db.enrolment.findMany({ where, orderBy: { createdAt: "desc" } });
  const enrolmentOf = new Map(enrolments.map((row) => [row.keyId, row]));
  const binding = await findProposals(db, {
    id: { in: bound.flatMap(({ keyPage: { proposalId } }) => proposalId ?? []) },
  });
  const ending = await findProposals(db, {
    ...{ communityId, kind: "revokeKey", state: "complete", failure: null },
    OR: bound.map(({ page, position }) => ({ payload: { equals: { rollId, page, position } } })),
  });
  const nameOf = await titlesOf(db, communityId);
  const confirmationsOf = (proposal: SignedProposal | undefined) =>
    toConfirmations(proposal, nameOf);
  const standing = bound.map(({ keyPage, ...key }) => ({
    ...viewBound(key, enrolmentOf.get(key.keyId)),
    boundBy: confirmationsOf(binding.find(({ id }) => id === keyPage.proposalId)),
    revokedBy: confirmationsOf(ending.find(({ payload }) => isPlace(payload, key))),
  }));
  const waiting = enrolments
    .filter(({ state }) => state === "waiting" || state === "proposed")
    .map(viewWaiting);
  return [...waiting, ...standing.sort((a, b) => b.boundAt.localeCompare(a.boundAt))];
}

function findProposals(db: Db, where: Prisma.ProposalWhereInput): Promise<SignedProposal[]> {
  return db.proposal.findMany({ where, ...PROPOSAL });
}

function isPlace(payload: Prisma.JsonValue, { page, position }: BoundKey): boolean {
  const place = payload as { page: number; position: number };
  return place.page === page && place.position === position;
}

async function titlesOf(db: Db, communityId: string): Promise<Map<string, string>> {
  const officers = await db.officer.findMany({ where: { communityId } });
  return new Map(officers.map(({ id, title }) => [id, title]));
}

function toConfirmations(
  proposal: SignedProposal | undefined,
  titles: ReadonlyMap<string, string>,
): Confirmation[] {
  return (proposal?.attestations ?? []).map(({ officer, role, at }) => {
    return { role, title: titles.get(officer) ?? "", at: at.toISOString() };
  });
}

function viewBound(key: BoundKey, enrolment: Enrolment | undefined) {
  const { page, position, kind, keyId, boundAt, revokedAt, reason } = key;
  return {
    state: revokedAt ? ("revoked" as const) : ("bound" as const),
    ...{ page, position, kind, keyId },
    enrolledAt: enrolment?.createdAt.toISOString() ?? null,
    carried: enrolment?.carried ?? false,
    boundAt: boundAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
    reason: revokedAt ? reason : null,
  };
}

function viewWaiting({ kind, keyId, createdAt, carried }: Enrolment) {
  return {
    state: "waiting" as const,
    ...{ page: null, position: null, kind, keyId, carried },
    enrolledAt: createdAt.toISOString(),
    ...{ boundAt: null, revokedAt: null, reason: null, boundBy: [], revokedBy: [] },
  };
}
