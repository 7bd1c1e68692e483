import { useQuery, type UseQueryResult } from "../../service/query.ts";
import { communityPath, type Community } from "../../registry/community.ts";
import { Problem } from "../../service/problem.ts";
import { request } from "../../service/request.ts";
import {
  anything,
  hex,
  instant,
  integer,
  list,
  maybe,
  object,
  oneOf,
  record,
  text,
  type Read,
} from "../../service/shape.ts";
import type { Typed } from "../../signing/signer.ts";
import { attest } from "../officer-key.ts";
import type { Desk, Officer } from "../officers.ts";

/** A typed message as the service gives it, integers as decimal texts. */
export const typedShape = object({
  domain: object({ name: text, version: text, chainId: integer, verifyingContract: hex }),
  types: record(list(object({ name: text, type: text }))),
  primaryType: text,
  message: record(anything),
});

const proposalShape = object({
  id: text,
  kind: text,
  state: oneOf(["open", "complete", "withdrawn"]),
  summary: record(anything),
  roles: list(text),
  typedData: typedShape,
  createdByTitle: text,
  createdAt: instant,
  closedAt: maybe(instant),
  failure: maybe(text),
  excluded: maybe(hex),
  attestations: list(object({ officer: hex, title: text, role: text, at: instant })),
});

export type Proposal = Read<typeof proposalShape>;

const listShape = object({ items: list(proposalShape) });

export function useProposals(community: string): UseQueryResult<readonly Proposal[]> {
  return useQuery({
    queryKey: ["proposals", community],
    queryFn: async () => (await request(communityPath(community, "/proposals"), listShape)).items,
    refetchInterval: 5_000,
  });
}

/** Roles that nobody has signed for yet. */
export function openRoles({ roles, attestations }: Proposal): string[] {
  const open = [...roles];
  for (const { role } of attestations) open.splice(open.indexOf(role), 1);
  return open;
}

/** Why this officer cannot sign; undefined where his signature is one of those that are missing. */
export function whyNot(
  proposal: Proposal,
  officer: Officer,
): "closed" | "signed" | "excluded" | "role" | undefined {
  const { state, attestations, excluded } = proposal;
  if (state !== "open") return "closed";
  if (attestations.some((given) => given.officer === officer.id)) return "signed";
  if (excluded === officer.id) return "excluded";
  return openRoles(proposal).some((role) => officer.roles.includes(role)) ? undefined : "role";
}

export function awaits(proposal: Proposal, officer: Officer): boolean {
  return whyNot(proposal, officer) === undefined;
}

export async function withdrawProposal(community: string, id: string): Promise<void> {
  const path = communityPath(community, `/proposals/${id}/withdrawal`);
  await request(path, anything, { method: "POST", body: {} });
}

export type TypedMessage = Read<typeof typedShape>;

/** The message must be for this community's own contracts: a signature is good wherever its domain points. */
function requireOwnDomain({ domain }: TypedMessage, community: Community): void {
  const contracts = [community.registry, community.assembly, community.fund].map((address) =>
    address.toLowerCase(),
  );
  const isOwn =
    domain.chainId === community.chainId &&
    contracts.includes(domain.verifyingContract.toLowerCase());
  if (!isOwn) throw new Problem("ProposalForeign");
}

/** An officer's signature as the service takes it, whatever kind of key he has. */
export async function signAsOfficer(
  community: Community,
  typedData: TypedMessage,
  desk: Desk & { officer: Officer },
): Promise<{ signer: string; signature: string }> {
  requireOwnDomain(typedData, community);
  const signature = await attest(desk.key, typedData as unknown as Typed);
  return { signer: desk.officer.signer, signature };
}

export async function signProposal(
  community: Community,
  proposal: Proposal,
  desk: Desk & { officer: Officer },
): Promise<void> {
  const { typedData, id } = proposal;
  const body = await signAsOfficer(community, typedData, desk);
  const path = communityPath(community.id, `/proposals/${id}/attestations`);
  await request(path, anything, { method: "POST", body });
}
