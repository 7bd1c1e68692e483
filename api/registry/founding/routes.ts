import * as z from "zod";
import type { Founding } from "../../database/generated/client.ts";
import { ROLES } from "../../http/authority.ts";
import type { Role } from "../../http/authority.ts";
import { communityId, communityParams, hex, instant } from "../../http/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import { waitForCommunity } from "../community/create.ts";
import {
  openedSeatSchema,
  seatInput,
  seatParams,
  seatSchema,
  viewOpened,
  viewSeat,
} from "../officer/seatRoutes.ts";
import { confirmSeat, listSeats, openSeat, reopenSeat, withdrawSeat } from "../officer/seats.ts";
import type { Registry } from "../service.ts";
import {
  beginFounding,
  changeFounding,
  completeFounding,
  getFounding,
  listFoundings,
  requireOpen,
} from "./foundings.ts";
import { viewProgress } from "./progress.ts";
import { readRules, rulesSchema } from "./rules.ts";

const foundingSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    district: z.string(),
    buildings: z.array(z.string()),
    rules: rulesSchema.nullable(),
    createdAt: instant,
    foundedAt: instant.nullable(),
  })
  .meta({ id: "Founding" });

const viewFounding = (row: Founding): z.input<typeof foundingSchema> => ({
  ...{ id: row.communityId, name: row.name, district: row.district, buildings: row.buildings },
  rules: readRules(row),
  createdAt: row.createdAt.toISOString(),
  foundedAt: row.foundedAt?.toISOString() ?? null,
});

const text = (max: number) => z.string().normalize("NFC").trim().min(1).max(max);

const profile = {
  name: text(100),
  district: z.string().normalize("NFC").trim().max(100).default(""),
  buildings: z.array(text(60)).max(500).default([]),
  rules: rulesSchema.optional(),
};

/** The way from nothing to a community, for the operator alone; every step stays where it was left. */
export const foundingRoutes = (registry: Registry): Route[] => [
  ...beginRoutes(registry),
  ...changeRoute(registry),
  ...seatRoutes(registry),
  ...confirmationRoutes(registry),
  ...progressRoute(registry),
];

function beginRoutes({ context }: Registry): Route[] {
  const { db } = context;
  return [
    defineRoute({
      method: "get",
      path: "/foundings",
      who: "operator",
      summary: "Communities that are being founded, or were",
      response: z.object({ items: z.array(foundingSchema) }),
      handle: async () => ({ items: (await listFoundings(db)).map(viewFounding) }),
    }),
    defineRoute({
      method: "post",
      path: "/foundings",
      who: "operator",
      summary: "Begin a community: its name, its address here, its buildings",
      status: 201,
      body: z.strictObject({ id: communityId, ...profile }),
      response: foundingSchema,
      async handle({ body }) {
        await beginFounding(context, body);
        return viewFounding(await getFounding(db, body.id));
      },
    }),
    defineRoute({
      method: "get",
      path: "/foundings/:community",
      who: "operator",
      summary: "How far the founding is: seats, whose keys are in",
      params: communityParams,
      response: foundingSchema.extend({ seats: z.array(seatSchema) }),
      async handle({ params: { community } }) {
        const founding = viewFounding(await getFounding(db, community));
        return { ...founding, seats: (await listSeats(db, community)).map(viewSeat) };
      },
    }),
  ];
}

function changeRoute({ context }: Registry): Route[] {
  return [
    defineRoute({
      method: "post",
      path: "/foundings/:community",
      who: "operator",
      summary: "Say it otherwise, while the community is not yet asked for",
      params: communityParams,
      body: z.strictObject(profile),
      response: foundingSchema,
      async handle({ params: { community }, body }) {
        await changeFounding(context, { id: community, ...body });
        return viewFounding(await getFounding(context.db, community));
      },
    }),
  ];
}

function seatRoutes({ context }: Registry): Route[] {
  const { db } = context;
  return [
    defineRoute({
      method: "post",
      path: "/foundings/:community/seats",
      who: "operator",
      summary: "Open an office to whoever gets the link; its code is returned this once",
      status: 201,
      params: communityParams,
      body: seatInput,
      response: openedSeatSchema,
      async handle({ params: { community }, body }) {
        await requireOpen(db, community);
        return viewOpened(await openSeat(context, { communityId: community, ...body }));
      },
    }),
    defineRoute({
      method: "post",
      path: "/foundings/:community/seats/:id/code",
      who: "operator",
      summary: "A new link; the old one, and a key made with it, count no more",
      status: 201,
      params: seatParams,
      response: openedSeatSchema,
      async handle({ params: { community, id } }) {
        await requireOpen(db, community);
        return viewOpened(await reopenSeat(context, { communityId: community, id }));
      },
    }),
    defineRoute({
      method: "delete",
      path: "/foundings/:community/seats/:id",
      who: "operator",
      summary: "Withdraw an office",
      status: 204,
      params: seatParams,
      response: z.unknown(),
      async handle({ params: { community, id } }) {
        await requireOpen(db, community);
        await withdrawSeat(context, { communityId: community, id });
      },
    }),
  ];
}

function confirmationRoutes({ context }: Registry): Route[] {
  const { db } = context;
  return [
    defineRoute({
      method: "post",
      path: "/foundings/:community/seats/:id/confirmation",
      who: "operator",
      summary: "The key's number was compared with its holder",
      status: 204,
      params: seatParams,
      body: z.strictObject({ keyId: hex(20, 32) }),
      response: z.unknown(),
      async handle({ params: { community, id }, body: { keyId } }) {
        await requireOpen(db, community);
        await confirmSeat(context, { communityId: community, id, keyId });
      },
    }),
    defineRoute({
      method: "post",
      path: "/foundings/:community/completion",
      who: "operator",
      summary: "Found the community with its confirmed officers; deploys its contracts",
      params: communityParams,
      response: foundingSchema,
      async handle({ params: { community } }) {
        await completeFounding(context, community);
        await waitForCommunity(context, community);
        return viewFounding(await getFounding(db, community));
      },
    }),
  ];
}

const countOf = Object.fromEntries(ROLES.map((role) => [role, z.int()])) as Record<Role, z.ZodInt>;

function progressRoute({ context }: Registry): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/progress",
      who: { officer: ROLES },
      summary: "How far the community is on its way to the first meeting",
      params: communityParams,
      response: z.object({
        buildings: z.array(z.string()),
        district: z.string(),
        rules: rulesSchema.nullable(),
        officers: z.object(countOf),
        roll: z.object({ number: z.int(), state: z.string(), voters: z.int() }).nullable(),
        letters: z.int(),
        waiting: z.int(),
        bound: z.int(),
      }),
      handle: ({ params: { community } }) => viewProgress(context.db, community),
    }),
  ];
}
