import { recall, remember } from "../memory/database.ts";
import type { CheckedAt } from "../shell/verdict.tsx";

/** A recount that this browser finished and found consistent, and what it had counted (shown.ts). */
export interface KeptCheck extends CheckedAt {
  readonly shown: string;
}

const keyOf = (community: string, meeting: number): string => `recount ${community} ${meeting}`;

export function findCheck(community: string, meeting: number): Promise<KeptCheck | undefined> {
  return recall<KeptCheck>("checks", keyOf(community, meeting));
}

export async function keepCheck(
  community: string,
  meeting: number,
  check: KeptCheck,
): Promise<void> {
  await remember("checks", keyOf(community, meeting), check);
}
