import type { Hex } from "viem";
import type { Verifiers } from "../../chain/service.ts";
import type { Db, Tx } from "../../database/client.ts";
import { fromRoles, toRoles } from "../../http/authority.ts";
import type { OfficerCaller, PersonKey, Role } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { isSigner, officerIdOf, personOf } from "./signer.ts";

export interface NewOfficer {
  signer: Hex;
  roles: readonly Role[];
  /** The office, not the person. */
  title: string;
}

/** Refuses what the contract would refuse, and signers that nobody here could check. */
export function requireValidOfficer(
  { signer, roles }: Pick<NewOfficer, "signer" | "roles">,
  verifiers: Verifiers | undefined,
): void {
  if (!isSigner(signer, verifiers)) throw new DomainError("OfficerSignerInvalid");
  requireRolesApart(roles);
}

export function requireRolesApart(roles: readonly Role[]): void {
  // Registrar and committee sign together: one person with both would sign alone.
  if (roles.includes("registrar") && roles.includes("committee")) {
    throw new DomainError("OfficerRolesConflict", { roles: [...roles] });
  }
}

export function toOfficerRow(communityId: string, officer: NewOfficer, since: Date) {
  const { signer, roles, title } = officer;
  const { keyId } = personOf(signer);
  const id = officerIdOf(signer);
  return { communityId, id, signer, keyId, title, roles: fromRoles(roles), since };
}

/** The officer with this key, as long as he holds a role. */
export async function findOfficerByKey(
  db: Db | Tx,
  communityId: string,
  { keyId }: PersonKey,
): Promise<OfficerCaller | undefined> {
  const rows = await db.officer.findMany({ where: { communityId, keyId, roles: { gt: 0 } } });
  const [row] = rows;
  return row ? { id: row.id as Hex, roles: toRoles(row.roles) } : undefined;
}

export async function findOfficerBySigner(
  db: Db | Tx,
  communityId: string,
  signer: Hex,
): Promise<OfficerCaller | undefined> {
  const where = { communityId_id: { communityId, id: officerIdOf(signer) } };
  const row = await db.officer.findUnique({ where });
  return row && row.roles > 0 ? { id: row.id as Hex, roles: toRoles(row.roles) } : undefined;
}

/** The office of somebody who is or was an officer. */
export async function getOfficerTitle(db: Db | Tx, communityId: string, id: Hex): Promise<string> {
  const where = { communityId_id: { communityId, id } };
  return (await db.officer.findUniqueOrThrow({ where, select: { title: true } })).title;
}
