import type { Hex } from "viem";
import type { KeyKind } from "../../protocol/registry/keys.ts";
import { ROLE } from "../../protocol/registry/messages.ts";
import type { Role } from "../../protocol/registry/messages.ts";
import { DomainError } from "./errors.ts";
import type { Who } from "./route.ts";

export type { Role };
export const ROLES = Object.keys(ROLE) as Role[];

export const toRoles = (bits: number): Role[] => ROLES.filter((role) => (bits & ROLE[role]) !== 0);
export const fromRoles = (roles: readonly Role[]): number =>
  roles.reduce((bits, role) => bits | ROLE[role], 0);

/** A person's signing key by its kind and key id (docs/SPEC.md section 1). */
export interface PersonKey {
  kind: KeyKind;
  keyId: Hex;
}

/** An officer of the community that the request is about. */
export interface OfficerCaller {
  /** keccak(signer) */
  id: Hex;
  roles: Role[];
}

export interface Session extends PersonKey {
  id: string;
  expiresAt: Date;
}

/** Who stands behind a request. */
export interface Caller {
  session: Session | undefined;
  isOperator: boolean;
  /** In the community of the path; undefined where the caller is none or the path names no community. */
  officer: OfficerCaller | undefined;
  /** Whether the session's key is enrolled or bound in the community of the path. */
  isOwner: boolean;
}

/** What the subjects know about people. */
export interface Directory {
  findOfficer(communityId: string, person: PersonKey): Promise<OfficerCaller | undefined>;
  isOwner(communityId: string, person: PersonKey): Promise<boolean>;
  /** Whether a browser's token is of a session in which the operator sets up. */
  isOperator(token: string): Promise<boolean>;
}

/** Lets the caller pass or throws; whatever is not named here is refused. */
export function requireAllowed(who: Who, caller: Caller): void {
  if (who === "public") return;
  if (who === "operator") {
    if (!caller.isOperator) throw new DomainError("OperatorTokenRequired");
    return;
  }
  if (!caller.session) throw new DomainError("LoginRequired");
  if (who === "session") return;
  if (who === "owner") {
    if (!caller.isOwner) throw new DomainError("OwnerRequired");
    return;
  }
  if (!caller.officer?.roles.some((role) => who.officer.includes(role))) {
    throw new DomainError("RoleRequired", { roles: [...who.officer] });
  }
}

/** The officer behind a call of a route that only officers reach. */
export function getOfficer(caller: Caller): OfficerCaller {
  if (!caller.officer) throw new DomainError("RoleRequired", { roles: [] });
  return caller.officer;
}

/** The session behind a call of a route that needs a login. */
export function getSession(caller: Caller): Session {
  if (!caller.session) throw new DomainError("LoginRequired");
  return caller.session;
}
