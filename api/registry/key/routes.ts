import * as z from "zod";
import { getOfficer } from "../../http/authority.ts";
import {
  communityParams,
  count,
  hex,
  hexOut,
  instant,
  personKeySchema,
  signedSchema,
  uuid,
} from "../../http/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import type { Registry } from "../service.ts";
import { proposeKeys } from "./bind.ts";
import { deskRoutes } from "./deskRoutes.ts";
import { enrolKey } from "./enrolments.ts";
import { issueInvitations } from "./invitations.ts";
import { proposeRevocation } from "./revoke.ts";

const invitationSchema = z.object({
  units: z.array(z.string()),
  owners: z.array(z.string()).meta({ description: "names, masked" }),
  code: z.string(),
  expiresAt: instant,
});

const rollParams = communityParams.extend({ roll: count });

export function keyRoutes(registry: Registry): Route[] {
  return [
    invitationRoute(registry),
    enrolmentRoute(registry),
    ...officerRoutes(registry),
    ...deskRoutes(registry),
    keyListRoute(registry),
  ];
}

function invitationRoute({ context }: Registry): Route {
  return defineRoute({
    method: "post",
    path: "/communities/:community/rolls/:roll/invitations",
    who: { officer: ["registrar"] },
    summary: "Codes for owners without a key, or for those of the units given; shown this once",
    status: 201,
    params: rollParams,
    body: z.strictObject({ units: z.array(z.string().max(130)).min(1).max(5000).optional() }),
    response: z.object({ items: z.array(invitationSchema) }),
    async handle({ params: { community, roll }, body: { units }, caller }) {
      const officer = getOfficer(caller);
      const issued = await issueInvitations(context, {
        ...{ communityId: community, roll, units, officer },
      });
      const items = issued.map((row) => ({ ...row, expiresAt: row.expiresAt.toISOString() }));
      return { items };
    },
  });
}

function enrolmentRoute({ context }: Registry): Route {
  return defineRoute({
    method: "post",
    path: "/communities/:community/enrolments",
    who: "public",
    summary: "Hand in a key with the code of the letter; signed Login with purpose enrol; logs in",
    limit: "enrolment",
    status: 202,
    params: communityParams,
    body: z.strictObject({
      code: z.string().min(1).max(40),
      ...personKeySchema.shape,
      ...signedSchema.shape,
      challenge: hex(32),
    }),
    response: z.object({ roll: z.int(), voter: z.int() }),
    async handle({ params: { community }, body: { code, ...proof }, openSession }) {
      const waiting = await enrolKey(context, { communityId: community, code, proof });
      // The proof of possession serves as login too: a passkey's holder is asked once less.
      await openSession(proof);
      return waiting;
    },
  });
}

function officerRoutes({ context }: Registry): Route[] {
  return [
    defineRoute({
      method: "post",
      path: "/communities/:community/rolls/:roll/keys",
      who: { officer: ["registrar"] },
      summary:
        "Put waiting keys before the two officers, in pages of one kind: all, or those named",
      status: 201,
      params: rollParams,
      body: z.strictObject({ enrolments: z.array(uuid).min(1).max(5000).optional() }),
      response: z.object({
        items: z.array(
          z.object({ proposal: z.string(), page: z.int(), kind: z.int(), count: z.int() }),
        ),
      }),
      async handle({ params: { community, roll }, body: { enrolments }, caller }) {
        const officer = getOfficer(caller);
        const input = { communityId: community, roll, enrolments, officer };
        return { items: await proposeKeys(context, input) };
      },
    }),
    defineRoute({
      method: "post",
      path: "/communities/:community/rolls/:roll/revocations",
      who: { officer: ["registrar", "committee"] },
      summary: "Propose the end of a key",
      status: 201,
      params: rollParams,
      body: z.strictObject({
        page: z.int().min(0),
        position: z.int().min(0),
        reason: z.string().normalize("NFC").trim().min(1).max(200),
      }),
      response: z.object({ proposal: z.string() }),
      handle: ({ params: { community, roll }, body, caller }) =>
        proposeRevocation(context, {
          communityId: community,
          roll,
          ...body,
          officer: getOfficer(caller),
        }),
    }),
  ];
}

/** Key ids and voter numbers stand on chain anyway; they tell nothing about the flat. */
function keyListRoute({ context: { db }, rolls }: Registry): Route {
  return defineRoute({
    method: "get",
    path: "/communities/:community/rolls/:roll/keys",
    who: "public",
    summary: "Bound keys by page and position, as they stand on chain",
    params: rollParams,
    query: z.object({ keyId: hex(20, 32).optional() }),
    response: z.object({
      items: z.array(
        z.object({
          page: z.int(),
          position: z.int(),
          voter: z.int(),
          kind: z.int(),
          keyId: hexOut,
          boundAt: instant,
          revokedAt: instant.nullable(),
        }),
      ),
    }),
    async handle({ params: { community, roll }, query: { keyId } }) {
      const keys = await rolls.keys(db, community, roll, keyId);
      const items = keys.map((key) => ({
        ...key,
        boundAt: key.boundAt.toISOString(),
        revokedAt: key.revokedAt?.toISOString() ?? null,
      }));
      return { items };
    },
  });
}
