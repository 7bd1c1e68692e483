import * as z from "zod";
import { getSession } from "../../http/authority.ts";
import { area, communityParams, hexOut } from "../../http/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import type { Registry } from "../service.ts";
import { viewOwner } from "./owners.ts";

const ownLineSchema = z.object({
  building: z.string(),
  entrance: z.string(),
  unit: z.string(),
  area,
  salt: hexOut,
  leaf: hexOut,
  position: z.int(),
  proof: z.array(hexOut),
});

const ownKeySchema = z.object({
  state: z.enum(["waiting", "bound", "revoked"]),
  page: z.int().nullable(),
  position: z.int().nullable(),
  kind: z.int(),
  keyId: hexOut,
});

const ownVoterSchema = z
  .object({
    roll: z.int(),
    voter: z.int(),
    area,
    totalHeads: z.int(),
    totalArea: area,
    linesRoot: hexOut,
    lines: z.array(ownLineSchema),
    keys: z.array(ownKeySchema),
  })
  .meta({ id: "OwnVoter" });

export function ownerRoutes({ context, ownerViews }: Registry): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/me",
      who: "owner",
      summary:
        "The caller's own lines with salts and proofs, keys, and what other parts know of him",
      params: communityParams,
      // Later subjects add fields of their own.
      response: z.looseObject({ voters: z.array(ownVoterSchema) }),
      handle: ({ params: { community }, caller }) =>
        viewOwner(context.db, community, { person: getSession(caller), views: ownerViews }),
    }),
  ];
}
