import * as z from "zod";
import { getOfficer } from "../../http/authority.ts";
import { communityParams, count, hexOut, instant, uuid } from "../../http/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import type { Registry } from "../service.ts";
import { refuseEnrolment } from "./desk.ts";
import { DESK_FILTERS, listDeskActs, listHouseholds } from "./households.ts";

const rollParams = communityParams.extend({ roll: count });

const householdSchema = z
  .object({
    voter: z.int(),
    units: z.array(z.string()),
    owners: z.array(z.string()).meta({ description: "names, masked" }),
    invitation: z
      .object({ createdAt: instant, expiresAt: instant, usedAt: instant.nullable() })
      .nullable(),
    enrolments: z.array(
      z.object({
        id: z.string(),
        state: z.enum(["waiting", "proposed"]),
        kind: z.int(),
        form: z.int().nullable(),
        keyId: hexOut,
        carried: z.boolean(),
        createdAt: instant,
      }),
    ),
    keys: z.array(
      z.object({
        page: z.int(),
        position: z.int(),
        kind: z.int(),
        keyId: hexOut,
        boundAt: instant,
        revocation: z.enum(["proposed", "revoking", "revoked"]).nullable(),
        revokedAt: instant.nullable(),
        reason: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: "Household" });

const countsSchema = z.object({
  waiting: z.int(),
  keyless: z.int(),
  bound: z.int(),
  all: z.int(),
});

const actSchema = z.object({
  act: z.string(),
  at: instant,
  officer: hexOut,
  title: z.string(),
  count: z.int().meta({ description: "households concerned" }),
  units: z.array(z.string()).meta({ description: "of the household, where it is one" }),
  reason: z.string().nullable(),
});

/** What registrar and committee see of households and their keys. */
export const deskRoutes = (registry: Registry): Route[] => [
  ...readRoutes(registry),
  ...refusalRoute(registry),
];

function readRoutes({ context }: Registry): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/rolls/:roll/households",
      who: { officer: ["registrar", "committee"] },
      summary: "Households with their letters, waiting and bound keys; by state or by unit",
      params: rollParams,
      query: z.object({
        filter: z.enum(DESK_FILTERS).default("waiting"),
        unit: z.string().normalize("NFC").trim().max(130).optional(),
        after: count.default(0),
      }),
      response: z.object({
        items: z.array(householdSchema),
        next: z.int().nullable(),
        counts: countsSchema,
      }),
      handle: ({ params: { community, roll }, query }) =>
        listHouseholds(context, { communityId: community, roll, ...query }),
    }),
    defineRoute({
      method: "get",
      path: "/communities/:community/rolls/:roll/desk",
      who: { officer: ["registrar", "committee"] },
      summary: "Who did what at the key desk, newest first",
      params: rollParams,
      response: z.object({ items: z.array(actSchema) }),
      async handle({ params: { community, roll } }) {
        return { items: await listDeskActs(context, { communityId: community, roll }) };
      },
    }),
  ];
}

function refusalRoute({ context }: Registry): Route[] {
  return [
    defineRoute({
      method: "post",
      path: "/communities/:community/rolls/:roll/refusals",
      who: { officer: ["registrar"] },
      summary: "Turn down a key that waits",
      status: 204,
      params: rollParams,
      body: z.strictObject({
        enrolment: uuid,
        reason: z.string().normalize("NFC").trim().min(1).max(200),
      }),
      response: z.unknown(),
      handle: ({ params: { community, roll }, body, caller }) =>
        refuseEnrolment(context, {
          ...{ communityId: community, roll, ...body },
          officer: getOfficer(caller),
        }),
    }),
  ];
}
