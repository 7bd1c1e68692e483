import type { Db } from "../../database/client.ts";
import { ROLES, toRoles } from "../../http/authority.ts";
import type { Role } from "../../http/authority.ts";
import { findProfile } from "./foundings.ts";
import type { MeetingRules } from "./rules.ts";

/** How far a community has come on its way to the first meeting; figures only. */
export interface Progress {
  /** By the residents' committee's list; empty where nobody gave one. */
  buildings: string[];
  district: string;
  rules: MeetingRules | null;
  officers: Record<Role, number>;
  /** The newest roll, on its way or frozen. */
  roll: { number: number; state: string; voters: number } | null;
  /** Of the newest frozen roll: households that got a letter, handed in a key, have one bound. */
  letters: number;
  waiting: number;
  bound: number;
}

export async function viewProgress(db: Db, communityId: string): Promise<Progress> {
  const officers = await db.officer.findMany({ where: { communityId, roles: { gt: 0 } } });
  const held = officers.flatMap(({ roles }) => toRoles(roles));
  const roll = await db.roll.findFirst({
    where: { communityId, state: { in: ["proposed", "freezing", "frozen"] } },
    orderBy: { number: "desc" },
  });
  const counts = ROLES.map((role) => [role, held.filter((name) => name === role).length]);
  return {
    ...(await findProfile(db, communityId)),
    officers: Object.fromEntries(counts) as Record<Role, number>,
    roll: roll && { number: roll.number, state: roll.state, voters: roll.voters },
    ...(await countKeys(db, roll?.id)),
  };
}

async function countKeys(db: Db, rollId: string | undefined) {
  if (rollId === undefined) return { letters: 0, waiting: 0, bound: 0 };
  const letters = await db.invitation.groupBy({ by: ["voter"], where: { rollId } });
  const waiting = await db.enrolment.count({
    where: { rollId, state: { in: ["waiting", "proposed"] } },
  });
  const bound = await db.boundKey.count({ where: { rollId, revokedAt: null } });
  return { letters: letters.length, waiting, bound };
}
