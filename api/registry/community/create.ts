import { setTimeout as delay } from "node:timers/promises";
import type { Hex } from "viem";
import { toInstant } from "../../clock.ts";
import { DeploymentFailed } from "../../chain/deployment.ts";
import type { CommunityContracts, Verifiers } from "../../chain/service.ts";
import type { Tx } from "../../database/client.ts";
import { fromRoles } from "../../http/authority.ts";
import { DomainError, isErrorCode } from "../../http/errors.ts";
import type { RegistryContext } from "../context.ts";
import { requireValidOfficer, toOfficerRow } from "../officer/officers.ts";
import type { NewOfficer } from "../officer/officers.ts";
import type { Community } from "../service.ts";
import { isReady, toCommunity } from "./find.ts";

export interface NewCommunity {
  id: string;
  name: string;
  officers: readonly NewOfficer[];
  demonstration?: boolean | undefined;
}

/** Sets a community down and asks for its contracts; `onDeployed` completes it. */
export async function createCommunity(
  context: RegistryContext,
  community: NewCommunity,
): Promise<void> {
  const { id, name, officers, demonstration = false } = community;
  requireFirstOfficers(officers, await context.chain.findVerifiers(context.db));
  const chainId = await context.chain.client.getChainId();
  const createdAt = context.clock.now();
  await context.db.$transaction(async (tx) => {
    const data = [{ id, name, demonstration, chainId, createdAt }];
    const { count } = await tx.community.createMany({ data, skipDuplicates: true });
    if (count === 0) throw new DomainError("CommunityExists");
    await tx.officer.createMany({
      data: officers.map((officer) => toOfficerRow(id, officer, createdAt)),
    });
    const appointments = officers.map(({ signer, roles }) => ({ signer, roles: fromRoles(roles) }));
    await context.chain.enqueueDeployment(tx, { communityId: id, officers: appointments });
  });
  context.chain.wake();
}

/** Every later change asks for a registrar and a committee officer, so both must be there from the beginning. */
function requireFirstOfficers(
  officers: readonly NewOfficer[],
  verifiers: Verifiers | undefined,
): void {
  for (const officer of officers) requireValidOfficer(officer, verifiers);
  if (new Set(officers.map(({ signer }) => signer)).size < officers.length) {
    throw new DomainError("OfficerExists");
  }
  for (const role of ["registrar", "committee"] as const) {
    if (!officers.some(({ roles }) => roles.includes(role))) {
      throw new DomainError("OfficerRoleUnfilled", { role });
    }
  }
}

/** The contracts stand: the community's first record opens its log. */
async function completeCommunity(
  context: RegistryContext,
  tx: Tx,
  { id, contracts }: { id: string; contracts: CommunityContracts },
): Promise<void> {
  const lower = (address: string): Hex => address.toLowerCase() as Hex;
  const addresses = {
    registry: lower(contracts.registry),
    anchor: lower(contracts.anchor),
    assembly: lower(contracts.assembly),
    fund: lower(contracts.fund),
  };
  const data = { ...addresses, state: "ready" as const };
  const { name, chainId, demonstration } = await tx.community.update({ where: { id }, data });
  await context.publication.append(tx, id, {
    v: 1,
    type: "community",
    community: id,
    at: toInstant(context.clock.now()),
    name,
    chainId,
    ...addresses,
    demonstration,
    logKey: context.publication.logKey(chainId, addresses.anchor),
  });
}

export function registerCommunities(context: RegistryContext): void {
  context.chain.onDeployed(async (tx, id, contracts) => {
    // The chain deploys for nobody else, but tests do.
    if (!(await tx.community.findUnique({ where: { id } }))) return;
    await completeCommunity(context, tx, { id, contracts });
  });
}

/** What the contracts object to in the officers given is the caller's to mend. */
async function requireDeployable({ chain, db }: RegistryContext, id: string): Promise<void> {
  try {
    await chain.findContracts(db, id);
  } catch (error) {
    const code = error instanceof DeploymentFailed ? error.failure.code : "";
    throw isErrorCode(code) ? new DomainError(code, {}, error) : error;
  }
}

const POLL_MILLISECONDS = 50;

/** Waits for the contracts. Throws CommunityNotReady after a while, or what the contracts said if they refused. */
export async function waitForCommunity(
  context: RegistryContext,
  id: string,
  timeoutSeconds = 30,
): Promise<Community> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    const row = await context.db.community.findUniqueOrThrow({ where: { id } });
    if (isReady(row)) return toCommunity(row);
    await requireDeployable(context, id);
    if (Date.now() > deadline) throw new DomainError("CommunityNotReady");
    await delay(POLL_MILLISECONDS);
  }
}
