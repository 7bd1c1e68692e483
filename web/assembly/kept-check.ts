import { recall, remember } from "../memory/database.ts";
import type { CheckedAt } from "../shell/verdict.tsx";

const keyOf = (community: string, meeting: number): string => `recount ${community} ${meeting}`;

/** A recount that this browser finished and found consistent. */
export function findCheck(community: string, meeting: number): Promise<CheckedAt | undefined> {
  return recall<CheckedAt>("checks", keyOf(community, meeting));
}

export async function keepCheck(
  community: string,
  meeting: number,
  check: CheckedAt,
): Promise<void> {
  await remember("checks", keyOf(community, meeting), check);
}
