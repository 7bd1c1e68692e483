import * as z from "zod";
import { getSession } from "../../http/authority.ts";
import { area, communityParams, hexOut, instant } from "../../http/fields.ts";
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

const confirmations = z
  .array(z.object({ role: z.string(), title: z.string(), at: instant }))
  .meta({ description: "which officers signed, and when" });

const ownKeySchema = z.object({
  state: z.enum(["waiting", "bound", "revoked"]),
  page: z.int().nullable(),
  position: z.int().nullable(),
  kind: z.int(),
  keyId: hexOut,
  carried: z.boolean().meta({ description: "taken over from an earlier roll" }),
  enrolledAt: instant.nullable(),
  boundAt: instant.nullable(),
  boundBy: confirmations,
  revokedAt: instant.nullable(),
  revokedBy: confirmations,
  reason: z.string().nullable(),
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
