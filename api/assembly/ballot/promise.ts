import type { Hex } from "viem";
import { originOf } from "../../../protocol/anchor/tlog/checkpoint.ts";
import { formatPromise } from "../../../protocol/assembly/promise.ts";
import { toSeconds } from "../../clock.ts";
import type { AssemblyContext } from "../context.ts";
import type { ConvenedMeeting } from "../meeting/find.ts";
import type { StoredBallot } from "./store.ts";

/**
 * The promise that goes with a ballot which was taken in: its owner can show later what was accepted, should it never be
 * sealed. The same ballot has the same promise.
 */
export async function promiseFor(
  { registry, anchor, db }: Pick<AssemblyContext, "registry" | "anchor" | "db">,
  { communityId, number }: Pick<ConvenedMeeting, "communityId" | "number">,
  { leaf, acceptedAt }: Pick<StoredBallot, "leaf" | "acceptedAt">,
): Promise<string> {
  const community = await registry.getCommunity(db, communityId);
  const origin = originOf(community.chainId, community.anchor);
  const promise = {
    ...{ origin, meeting: number, leaf: leaf as Hex },
    acceptedAt: Number(toSeconds(acceptedAt)),
  };
  return anchor.signNote(origin, formatPromise(promise));
}
