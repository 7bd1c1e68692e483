import { ENTRY_KINDS, FUNDS } from "../../protocol/anchor/record/kinds.ts";
import { communityPath } from "../registry/community.ts";
import { findOwnerKey, loadMe } from "../registry/me.ts";
import { useQuery, type UseQueryResult } from "../service/query.ts";
import { request } from "../service/request.ts";
import {
  area,
  flag,
  hex,
  integer,
  list,
  maybe,
  object,
  oneOf,
  text,
  type Read,
} from "../service/shape.ts";
import type { KeptKey } from "../signing/kept-key.ts";
import { fen } from "./books.ts";

const shareShape = object({
  amount: fen,
  area,
  factor: text,
  totalWeight: text,
  extra: flag,
  developer: flag,
  schedule: hex,
});

export type Share = Read<typeof shareShape>;

const postingShape = object({
  number: integer,
  fund: oneOf(FUNDS),
  kind: oneOf(ENTRY_KINDS),
  date: text,
  narration: text,
  category: maybe(text),
  reverses: maybe(integer),
  amount: fen,
  balance: fen,
  recordIndex: integer,
  share: maybe(shareShape),
});

export type OwnPosting = Read<typeof postingShape>;

const proofShape = object({
  tree: text,
  salt: hex,
  figures: list(fen),
  root: hex,
  steps: list(object({ side: oneOf(["left", "right"]), hash: hex, sums: list(fen) })),
});

const unitShape = object({
  unit: text,
  building: text,
  entrance: text,
  area,
  deposited: fen,
  gained: fen,
  used: fen,
  balance: fen,
  owed: fen,
  shared: fen,
  firstDeposit: fen,
  topUpDue: flag,
  postings: list(postingShape),
  proof: maybe(proofShape),
});

export type OwnUnit = Read<typeof unitShape>;

const publishedShape = object({ number: integer, date: text, root: hex, recordIndex: integer });

export type Published = Read<typeof publishedShape>;

const fundShape = object({ units: list(unitShape), balances: maybe(publishedShape) });

export type OwnFund = Read<typeof fundShape>;

const meShape = object({ fund: fundShape });

/** No key on this device, one that opens nothing, or one whose holder must first say that it is he. */
export type NotOwn =
  { readonly kind: "noKey" } | { readonly kind: "signIn"; readonly kept: KeptKey };

async function loadOwnFund(community: string): Promise<OwnFund | NotOwn> {
  const kept = await findOwnerKey(community);
  if (!kept) return { kind: "noKey" };
  const me = await loadMe(community, kept);
  if (me === "signIn") return { kind: "signIn", kept };
  if (me === "unknown") return { kind: "noKey" };
  return (await request(communityPath(community, "/me"), meShape)).fund;
}

/** The sub-ledgers of the flats whose owner this browser holds a key of. */
export function useOwnFund(community: string): UseQueryResult<OwnFund | NotOwn> {
  return useQuery({
    queryKey: ["fund", community, "own"],
    queryFn: () => loadOwnFund(community),
  });
}
