import { recall, remember } from "../memory/database.ts";
import { request } from "../service/request.ts";
import { hex, list, object } from "../service/shape.ts";

export interface Head {
  readonly size: number;
  readonly root: `0x${string}`;
}

/** A head together with when this browser saw it, in Unix seconds. */
export interface SeenHead extends Head {
  readonly at: number;
}

export type HeadComparison =
  | { readonly kind: "first" }
  | { readonly kind: "same" | "unchanged"; readonly seen: SeenHead }
  | { readonly kind: "changed"; readonly seen: SeenHead };

const proofShape = object({ path: list(hex) });

async function requestProof(
  community: string,
  from: number,
  to: number,
): Promise<readonly `0x${string}`[]> {
  const query = `from=${from}&to=${to}`;
  const path = `/api/communities/${encodeURIComponent(community)}/consistency?${query}`;
  return (await request(path, proofShape)).path;
}

async function continues(community: string, seen: Head, now: Head): Promise<boolean> {
  if (seen.size === now.size) return seen.root === now.root;
  if (seen.size > now.size) return false;
  const proof = await requestProof(community, seen.size, now.size);
  // Hashing is not needed before somebody comes back: it is loaded only then.
  const { isGrowth } = await import("./growth.ts");
  return isGrowth(seen, now, proof);
}

/**
 * Compares the log with what this browser saw last, by a consistency proof that it checks itself, and
 * remembers the new head. A head that contradicts the old one is not remembered: the old one is evidence.
 */
export async function compareHead(community: string, now: Head): Promise<HeadComparison> {
  const key = `community ${community}`;
  const seen = await recall<SeenHead>("heads", key);
  const seenNow: SeenHead = { ...now, at: Math.floor(Date.now() / 1000) };
  if (!seen) {
    await remember("heads", key, seenNow);
    return { kind: "first" };
  }
  if (!(await continues(community, seen, now))) return { kind: "changed", seen };
  await remember("heads", key, seenNow);
  return { kind: seen.size === now.size ? "same" : "unchanged", seen };
}
