import { registryAbi } from "../../../protocol/abi/registry.ts";
import { officerTypedData } from "../../../protocol/registry/messages.ts";
import { toInstant } from "../../clock.ts";
import { fromRoles } from "../../http/authority.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { publishEvent } from "../../http/events.ts";
import { getCommunity, registryDomain } from "../community/find.ts";
import type { RegistryContext } from "../context.ts";
import { toArguments } from "../roll/freeze.ts";
import { requireValidOfficer, toOfficerRow } from "./officers.ts";
import type { NewOfficer } from "./officers.ts";

/** Kind of the proposal and of the call that follows from it. */
const SET_OFFICER = "setOfficer";

export interface OfficerChange {
  communityId: string;
  /** No roles: dismissed. */
  officer: NewOfficer;
  by: OfficerCaller;
}

/** Puts an appointment, a change of roles or a dismissal before a registrar and a committee officer. */
export async function proposeOfficer(
  context: RegistryContext,
  { communityId, officer, by }: OfficerChange,
): Promise<{ proposal: string }> {
  requireValidOfficer(officer, await context.chain.findVerifiers(context.db));
  const { signer, title } = officer;
  const roles = fromRoles(officer.roles);
  const { registry } = await getCommunity(context.db, communityId);
  const nonce = await context.chain.client.readContract({
    address: registry,
    abi: registryAbi,
    functionName: "officerNonce",
  });
  return context.db.$transaction(async (tx) => {
    const domain = await registryDomain(tx, communityId);
    const proposal = await context.proposals.create(tx, {
      communityId,
      kind: SET_OFFICER,
      typedData: officerTypedData(domain, { signer, roles, nonce }),
      summary: { title, signer, roles: officer.roles.join(" ") },
      roles: ["registrar", "committee"],
      payload: officer,
      createdBy: by,
    });
    return { proposal: proposal.id };
  });
}

export function registerOfficers(context: RegistryContext): void {
  const { chain, clock, proposals, publication } = context;
  proposals.onComplete(SET_OFFICER, async (tx, proposal, attestations) => {
    const { signer, roles } = proposal.payload as NewOfficer;
    await chain.enqueue(tx, {
      communityId: proposal.communityId,
      contract: "registry",
      functionName: "setOfficer",
      args: [signer, fromRoles(roles), toArguments(attestations)],
      kind: SET_OFFICER,
      ref: proposal.id,
    });
  });
  chain.onMined(SET_OFFICER, async (tx, { ref, communityId }) => {
    const { payload } = await tx.proposal.findUniqueOrThrow({ where: { id: ref } });
    const { signer, roles, title } = payload as unknown as NewOfficer;
    const now = clock.now();
    const row = toOfficerRow(communityId, { signer, roles, title }, now);
    const where = { communityId_id: { communityId, id: row.id } };
    await tx.officer.upsert({ where, create: row, update: row });
    await publication.append(tx, communityId, {
      ...{ v: 1, type: "appointment", community: communityId, at: toInstant(now) },
      ...{ officer: row.id, roles: [...roles], title },
    });
    await publishEvent(tx, communityId, { type: "officers", data: { id: row.id } });
  });
  chain.onFailed(SET_OFFICER, (tx, { ref }, { code }) => proposals.markFailed(tx, ref, code));
}
