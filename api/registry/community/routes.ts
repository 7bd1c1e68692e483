import * as z from "zod";
import { ROLES } from "../../http/authority.ts";
import type { Role } from "../../http/authority.ts";
import { communityId, communityParams, hex, hexOut, instant } from "../../http/fields.ts";
import { RAW, defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import type { EventHub } from "../../http/events.ts";
import { proposeOfficer } from "../officer/change.ts";
import { officeTitle } from "../officer/title.ts";
import type { Registry } from "../service.ts";
import { createCommunity, waitForCommunity } from "./create.ts";
import { listCommunities, listOfficers, viewCommunity } from "./list.ts";
import { getOfficer } from "../../http/authority.ts";

const role = z.enum(ROLES as [Role, ...Role[]]);

const officerInput = z.strictObject({
  signer: hex().meta({ description: "ERC-7913: address, or verifier ‖ x ‖ y" }),
  roles: z.array(role),
  title: officeTitle,
});

const communitySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    demonstration: z.boolean(),
    ready: z.boolean(),
    chainId: z.int(),
    registry: hexOut.nullable(),
    anchor: hexOut.nullable(),
    assembly: hexOut.nullable(),
    fund: hexOut.nullable(),
    createdAt: instant,
    log: z
      .object({
        size: z.int(),
        anchoredSize: z.int(),
        root: hexOut.nullable(),
        origin: z.string().nullable(),
        key: z.string().nullable(),
      })
      .meta({
        description:
          "records, how many a head on chain covers, that head's root; the log's name and public key (vkey)",
      }),
    roll: z
      .object({ number: z.int(), voters: z.int(), totalArea: z.string() })
      .nullable()
      .meta({ description: "the newest frozen roll" }),
  })
  .meta({ id: "Community" });

const officerSchema = z
  .object({ id: hexOut, signer: hexOut, keyId: hexOut, roles: z.array(role), title: z.string() })
  .meta({ id: "Officer" });

export const communityRoutes = (registry: Registry, hub: EventHub): Route[] => [
  ...readRoutes(registry),
  ...createRoute(registry),
  ...officerRoutes(registry),
  ...eventRoute(registry, hub),
];

function readRoutes({ context }: Registry): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities",
      who: "public",
      summary: "All communities of this installation",
      response: z.object({ items: z.array(communitySchema) }),
      handle: async () => ({ items: await listCommunities(context) }),
    }),
    defineRoute({
      method: "get",
      path: "/communities/:community",
      who: "public",
      summary: "One community: contracts, log, newest roll",
      params: communityParams,
      response: communitySchema,
      handle: ({ params }) => viewCommunity(context, params.community),
    }),
  ];
}

function createRoute({ context }: Registry): Route[] {
  return [
    defineRoute({
      method: "post",
      path: "/communities",
      who: "operator",
      summary: "A new community with its first officers; deploys its contracts",
      status: 201,
      body: z.strictObject({
        id: communityId,
        name: z.string().normalize("NFC").trim().min(1).max(100),
        officers: z.array(officerInput).min(2).max(50),
      }),
      response: communitySchema,
      async handle({ body }) {
        await createCommunity(context, body);
        await waitForCommunity(context, body.id);
        return viewCommunity(context, body.id);
      },
    }),
  ];
}

function officerRoutes({ context }: Registry): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/officers",
      who: "public",
      summary: "Who may sign for the community",
      params: communityParams,
      response: z.object({ items: z.array(officerSchema) }),
      handle: async ({ params }) => ({ items: await listOfficers(context.db, params.community) }),
    }),
    defineRoute({
      method: "post",
      path: "/communities/:community/officers",
      who: { officer: ["registrar", "committee"] },
      summary: "Propose an appointment, a change of roles, or (no roles) a dismissal",
      status: 202,
      params: communityParams,
      body: officerInput,
      response: z.object({ proposal: z.string() }),
      handle: ({ params, body, caller }) =>
        proposeOfficer(context, {
          communityId: params.community,
          officer: body,
          by: getOfficer(caller),
        }),
    }),
  ];
}

function eventRoute({ context }: Registry, hub: EventHub): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/events",
      who: "public",
      summary: "Server-sent events: sealed, counted, anchored and whatever else changed",
      params: communityParams,
      response: RAW,
      async handle({ params, response }) {
        await viewCommunity(context, params.community);
        hub.subscribe(params.community, response);
      },
    }),
  ];
}
