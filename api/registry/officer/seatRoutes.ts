import * as z from "zod";
import type { OfficerSeat } from "../../database/generated/client.ts";
import { getOfficer, ROLES, toRoles } from "../../http/authority.ts";
import type { Role } from "../../http/authority.ts";
import {
  communityParams,
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
import { officeTitle } from "./title.ts";
import {
  claimSeat,
  findSeatByCode,
  listSeats,
  openSeat,
  proposeSeat,
  reopenSeat,
  withdrawSeat,
} from "./seats.ts";
import type { OpenedSeat } from "./seats.ts";

export const seatSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    roles: z.array(z.string()),
    state: z.enum(["invited", "claimed", "confirmed", "appointed"]),
    keyId: hexOut.nullable(),
    createdAt: instant,
    expiresAt: instant,
    claimedAt: instant.nullable(),
  })
  .meta({ id: "OfficerSeat" });

export const viewSeat = (seat: OfficerSeat): z.input<typeof seatSchema> => ({
  ...{ id: seat.id, title: seat.title, roles: toRoles(seat.roles), keyId: seat.keyId },
  state: seat.state as "invited" | "claimed" | "confirmed" | "appointed",
  createdAt: seat.createdAt.toISOString(),
  expiresAt: seat.expiresAt.toISOString(),
  claimedAt: seat.claimedAt?.toISOString() ?? null,
});

export const seatInput = z.strictObject({
  title: officeTitle,
  roles: z.array(z.enum(ROLES as [Role, ...Role[]])).min(1),
});

export const openedSeatSchema = z.object({ id: z.string(), code: z.string(), expiresAt: instant });

export const viewOpened = ({ id, code, expiresAt }: OpenedSeat) => ({
  ...{ id, code },
  expiresAt: expiresAt.toISOString(),
});

export const seatParams = communityParams.extend({ id: uuid });

const OFFICERS = { officer: ["registrar", "committee"] } as const;

export const seatRoutes = (registry: Registry): Route[] => [
  ...linkRoutes(registry),
  ...officerRoutes(registry),
  ...changeRoutes(registry),
];

/** For whoever holds a link. */
function linkRoutes({ context }: Registry): Route[] {
  const code = z.string().min(1).max(40);
  return [
    defineRoute({
      method: "post",
      path: "/seats/find",
      who: "public",
      limit: "enrolment",
      summary: "Which office a link is for",
      body: z.strictObject({ code }),
      response: seatSchema.extend({ community: z.string(), name: z.string() }),
      async handle({ body }) {
        const seat = await findSeatByCode(context, body.code);
        return { ...viewSeat(seat), ...(await nameCommunity(context.db, seat.communityId)) };
      },
    }),
    defineRoute({
      method: "post",
      path: "/seats/claims",
      who: "public",
      limit: "enrolment",
      summary:
        "Hand in an officer's key with the code of his link; signed Login with purpose enrol",
      status: 202,
      body: z.strictObject({
        ...{ code, challenge: hex(32) },
        ...personKeySchema.shape,
        ...signedSchema.shape,
      }),
      response: seatSchema,
      async handle({ body: { code: given, ...proof }, openSession }) {
        const seat = await claimSeat(context, { code: given, proof });
        await openSession(proof);
        return viewSeat(seat);
      },
    }),
  ];
}

async function nameCommunity(
  db: Registry["context"]["db"],
  id: string,
): Promise<{ community: string; name: string }> {
  const founding = await db.founding.findUnique({ where: { communityId: id } });
  const standing = await db.community.findUnique({ where: { id } });
  return { community: id, name: standing?.name ?? founding?.name ?? "" };
}

/** In a community that stands, registrar and committee open seats. */
function officerRoutes({ context }: Registry): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/seats",
      who: OFFICERS,
      summary: "Offices with their links, keys handed in, and what became of them",
      params: communityParams,
      response: z.object({ items: z.array(seatSchema) }),
      async handle({ params: { community } }) {
        return { items: (await listSeats(context.db, community)).map(viewSeat) };
      },
    }),
    defineRoute({
      method: "post",
      path: "/communities/:community/seats",
      who: OFFICERS,
      summary: "Open an office to whoever gets the link; its code is returned this once",
      status: 201,
      params: communityParams,
      body: seatInput,
      response: openedSeatSchema,
      async handle({ params: { community }, body, caller }) {
        const input = { communityId: community, ...body, by: getOfficer(caller) };
        return viewOpened(await openSeat(context, input));
      },
    }),
  ];
}

function changeRoutes({ context }: Registry): Route[] {
  return [
    defineRoute({
      method: "post",
      path: "/communities/:community/seats/:id/code",
      who: OFFICERS,
      summary: "A new link; the old one, and a key made with it, count no more",
      status: 201,
      params: seatParams,
      response: openedSeatSchema,
      async handle({ params: { community, id } }) {
        return viewOpened(await reopenSeat(context, { communityId: community, id }));
      },
    }),
    defineRoute({
      method: "delete",
      path: "/communities/:community/seats/:id",
      who: OFFICERS,
      summary: "Withdraw an office that nobody holds yet",
      status: 204,
      params: seatParams,
      response: z.unknown(),
      handle: ({ params: { community, id } }) =>
        withdrawSeat(context, { communityId: community, id }),
    }),
    defineRoute({
      method: "post",
      path: "/communities/:community/seats/:id/proposal",
      who: OFFICERS,
      summary:
        "Propose the appointment of whoever handed in this key, its number compared with him",
      status: 202,
      params: seatParams,
      body: z.strictObject({ keyId: hex(20, 32) }),
      response: z.object({ proposal: z.string() }),
      handle: ({ params: { community, id }, body: { keyId }, caller }) =>
        proposeSeat(context, { communityId: community, id, keyId, by: getOfficer(caller) }),
    }),
  ];
}
