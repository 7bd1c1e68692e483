import { parseVerifierKey } from "../../protocol/anchor/tlog/key.ts";
import { openPromise } from "../../protocol/assembly/promise.ts";
import { requestCommunity } from "../registry/community.ts";
import type { SignedBallot } from "./cast.ts";

/**
 * Whether the key that signs the log's heads has signed this promise, for this very ballot: another one could not be
 * held against the service. What cannot be read or fetched is no promise.
 */
export async function isPromised(community: string, ballot: SignedBallot): Promise<boolean> {
  try {
    const { log } = await requestCommunity(community);
    const key = parseVerifierKey(log.key ?? "");
    const { promise, isSigned } = await openPromise(ballot.promise ?? "", [key]);
    const { origin, meeting, leaf } = promise;
    return isSigned && origin === key.name && meeting === ballot.meeting && leaf === ballot.leaf;
  } catch {
    return false;
  }
}
