import * as z from "zod";
import { fromAreaE4 } from "../../../protocol/registry/area.ts";
import { compareText } from "../../../protocol/fund/order.ts";
import { getSession } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { area, communityParams, hexOut } from "../../http/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import type { FundContext } from "../context.ts";
import { proveOwnShare } from "./own.ts";
import { entryParams, fenOut } from "./schemas.ts";
import { listTopUps } from "./topUp.ts";
import { ensureUnits } from "./units.ts";

const READERS = { officer: ["committee", "approver", "registrar", "auditor"] } as const;

const unitSchema = z.object({
  unit: z.string(),
  building: z.string(),
  entrance: z.string(),
  area,
  developer: z.boolean(),
  balance: fenOut,
});

const proofSchema = z
  .object({
    tree: z.string(),
    salt: hexOut,
    figures: z.array(fenOut),
    root: hexOut,
    steps: z.array(
      z.object({ side: z.enum(["left", "right"]), hash: hexOut, sums: z.array(fenOut) }),
    ),
  })
  .meta({ id: "UnitProof" });

/** Sub-ledgers for officers, and an owner's proofs; his figures come with `GET …/me`. */
export function unitRoutes(context: FundContext): Route[] {
  return [unitsRoute(context), topUpRoute(context), proofRoute(context)];
}

const unitsRoute = (context: FundContext): Route =>
  defineRoute({
    method: "get",
    path: "/communities/:community/fund/units",
    who: READERS,
    summary: "Every unit with its balance, for those who keep the books",
    params: communityParams,
    response: z.object({ items: z.array(unitSchema) }),
    async handle({ params: { community: communityId } }) {
      await ensureUnits(context, communityId);
      const rows = await context.db.fundUnit.findMany({ where: { communityId } });
      const items = rows
        .sort((a, b) => compareText(a.unit, b.unit))
        .map(({ unit, building, entrance, areaE4, developer, ...row }) => ({
          ...{ unit, building, entrance, developer, area: fromAreaE4(areaE4) },
          balance: String(row.depositedFen + row.gainedFen - row.usedFen),
        }));
      return { items };
    },
  });

const topUpRoute = (context: FundContext): Route =>
  defineRoute({
    method: "get",
    path: "/communities/:community/fund/top-ups",
    who: READERS,
    summary: "Units whose balance is below the set part of their first deposit",
    params: communityParams,
    response: z.object({
      settings: z.int(),
      topUpBelow: z.int().meta({ description: "permille" }),
      topUpSource: z.string(),
      items: z.array(
        z.object({
          unit: z.string(),
          building: z.string(),
          developer: z.boolean(),
          firstDeposit: fenOut,
          balance: fenOut,
          missing: fenOut,
        }),
      ),
    }),
    handle: ({ params }) => listTopUps(context, params.community),
  });

const proofRoute = (context: FundContext): Route =>
  defineRoute({
    method: "get",
    path: "/communities/:community/me/fund/entries/:number",
    who: "owner",
    summary: "The part of one of the caller's units in an entry, with its proof against the record",
    params: entryParams,
    query: z.object({ unit: z.string().max(100) }),
    response: proofSchema,
    async handle({ params: { community: communityId, number }, query: { unit }, caller }) {
      const person = getSession(caller);
      const voters = await context.registry.votersOf(context.db, communityId, person);
      const proof = await proveOwnShare(context, voters, { communityId, number, unit });
      if (!proof) throw new DomainError("UnitNotFound");
      return proof;
    },
  });
