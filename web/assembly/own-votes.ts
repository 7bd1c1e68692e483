import { findOwnerKey, findPlace, loadMe, type KeyPlace, type OwnVoter } from "../registry/me.ts";
import { communityPath } from "../registry/community.ts";
import { useQuery, type UseQueryResult } from "../service/query.ts";
import { request } from "../service/request.ts";
import { hex, integer, list, maybe, object, oneOf, text, type Read } from "../service/shape.ts";
import { toSigner, type KeptKey } from "../signing/kept-key.ts";
import type { Hex } from "../signing/signer.ts";

const ballotShape = object({
  meeting: integer,
  voter: integer,
  leaf: hex,
  state: oneOf(["waiting", "sealing", "sealed", "replaced", "late"]),
  batch: maybe(integer),
  code: maybe(integer),
});

const paperShape = object({
  meeting: integer,
  voter: integer,
  leaf: hex,
  state: text,
  batch: maybe(integer),
  code: maybe(integer),
});

const votesShape = object({
  votes: object({ ballots: list(ballotShape), paper: list(paperShape) }),
});

export type OwnBallot = Read<typeof ballotShape>;
export type OwnPaper = Read<typeof paperShape>;

/** What the service knows of an owner in one meeting; nothing of it is proven yet. */
export interface OwnStanding {
  readonly keyId: Hex;
  /** Undefined where he is not on the roll of this meeting. */
  readonly own: OwnVoter | undefined;
  readonly place: KeyPlace | undefined;
  readonly ballots: readonly OwnBallot[];
  readonly paper: readonly OwnPaper[];
}

interface MeetingPlace {
  readonly community: string;
  readonly meeting: number;
  readonly roll: number;
}

/** Why nothing is known: no key here, a key whose holder has to sign in first, or one that opens nothing. */
export type NoStanding =
  { readonly kind: "noKey" | "unknown" } | { readonly kind: "signIn"; readonly kept: KeptKey };

async function loadOwn(place: MeetingPlace): Promise<OwnStanding | NoStanding> {
  const { community, meeting, roll } = place;
  const kept = await findOwnerKey(community);
  if (!kept) return { kind: "noKey" };
  const { keyId } = toSigner(kept);
  const me = await loadMe(community, kept);
  if (me === "signIn") return { kind: me, kept };
  if (me === "unknown") return { kind: me };
  const own = me.voters.find((voter) => voter.roll === roll);
  const { votes } = await request(communityPath(community, "/me"), votesShape);
  const isHere = (vote: OwnBallot | OwnPaper): boolean =>
    vote.meeting === meeting && vote.voter === own?.voter;
  return {
    ...{ keyId, own, place: own && findPlace(own, keyId) },
    ballots: votes.ballots.filter(isHere),
    paper: votes.paper.filter(isHere),
  };
}

export function useOwn(place: MeetingPlace): UseQueryResult<OwnStanding | NoStanding> {
  return useQuery({
    queryKey: ["own", place.community, place.meeting],
    queryFn: () => loadOwn(place),
  });
}
