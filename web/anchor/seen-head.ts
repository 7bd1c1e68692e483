import { recall } from "../memory/database.ts";

export interface Head {
  readonly size: number;
  readonly root: `0x${string}`;
}

/** A head together with when this browser saw it, in Unix seconds; heads kept by earlier pages are not signed. */
export interface SeenHead extends Head {
  readonly at: number;
  readonly note?: string;
}

/** Where a community's head is kept. */
export const placeOf = (community: string): string => `community ${community}`;

/** The head that this browser compared last, if it ever did. */
export function findSeenHead(community: string): Promise<SeenHead | undefined> {
  return recall<SeenHead>("heads", placeOf(community));
}
