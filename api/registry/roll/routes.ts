import * as z from "zod";
import type { RecordOf } from "../../../protocol/anchor/record.ts";
import { fromAreaE4 } from "../../../protocol/registry/area.ts";
import type { Db } from "../../database/client.ts";
import type { Roll } from "../../database/generated/client.ts";
import { DomainError } from "../../http/errors.ts";
import { area, communityParams, count, hexOut, instant } from "../../http/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import type { Registry } from "../service.ts";
import { compareRoll, differenceSchema } from "./difference.ts";
import { findPublished } from "./find.ts";
import type { StoredBuilding } from "./freeze.ts";

const rollSchema = z
  .object({
    roll: z.int(),
    state: z.enum(["freezing", "frozen"]),
    scope: z.string(),
    voters: z.int(),
    totalArea: area,
    areaBytes: z.int(),
    areas: hexOut.meta({ description: "hash of all areas; the areas stand on chain" }),
    linesRoot: hexOut,
    lines: hexOut.meta({ description: "document: every unit's line in tree order" }),
    source: hexOut.meta({ description: "document: the imported table without its owners" }),
    record: hexOut.meta({ description: "leaf of the roll's record" }),
    recordIndex: z.int(),
    buildings: z.array(z.object({ building: z.string(), units: z.int(), heads: z.int(), area })),
    keys: z.object({ pages: z.int(), bound: z.int(), revoked: z.int() }),
    frozenAt: instant.nullable(),
    transactionHash: hexOut.nullable(),
  })
  .meta({ id: "Roll" });

const lineSchema = z.object({
  position: z.int(),
  building: z.string(),
  entrance: z.string(),
  unit: z.string(),
  area,
  leaf: hexOut,
});

async function describe(db: Db, roll: Roll): Promise<z.input<typeof rollSchema>> {
  const { areas, lines, source } = JSON.parse(roll.record) as RecordOf<"roll">;
  const buildings = roll.buildings as unknown as StoredBuilding[];
  const rollId = roll.id;
  return {
    roll: roll.number,
    state: roll.state === "frozen" ? "frozen" : "freezing",
    scope: roll.scope,
    voters: roll.voters,
    totalArea: fromAreaE4(roll.totalAreaE4),
    areaBytes: roll.areaBytes,
    ...{ areas, lines, source, linesRoot: roll.linesRoot, record: roll.recordLeaf },
    recordIndex: roll.recordIndex!,
    buildings: buildings.map((row) => ({ ...row, area: fromAreaE4(BigInt(row.areaE4)) })),
    keys: {
      pages: await db.keyPage.count({ where: { rollId, state: "bound" } }),
      bound: await db.boundKey.count({ where: { rollId } }),
      revoked: await db.boundKey.count({ where: { rollId, revokedAt: { not: null } } }),
    },
    frozenAt: roll.frozenAt?.toISOString() ?? null,
    transactionHash: roll.frozenIn,
  };
}

async function get(db: Db, communityId: string, number: number): Promise<Roll> {
  const roll = await findPublished(db, communityId, number);
  if (!roll) throw new DomainError("RollNotFound", { roll: number });
  return roll;
}

const params = communityParams.extend({ roll: count });

export const rollRoutes = (registry: Registry): Route[] => [
  ...listRoutes(registry),
  ...linesRoute(registry),
  ...differenceRoute(registry),
];

function differenceRoute({ context: { db } }: Registry): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/rolls/:roll/difference",
      who: { officer: ["registrar", "committee"] },
      summary: "How a roll, proposed ones too, differs from the one before it",
      params,
      response: differenceSchema,
      handle: ({ params: { community, roll } }) => compareRoll(db, community, roll),
    }),
  ];
}

function listRoutes({ context: { db } }: Registry): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/rolls",
      who: "public",
      summary: "Rolls that two officers have signed, newest first",
      params: communityParams,
      response: z.object({ items: z.array(rollSchema) }),
      async handle({ params: { community } }) {
        const rolls = await db.roll.findMany({
          where: { communityId: community, state: { in: ["freezing", "frozen"] } },
          orderBy: { number: "desc" },
          take: 100,
        });
        return { items: await Promise.all(rolls.map((roll) => describe(db, roll))) };
      },
    }),
    defineRoute({
      method: "get",
      path: "/communities/:community/rolls/:roll",
      who: "public",
      summary: "One roll: totals in all and by building, documents, keys",
      params,
      response: rollSchema,
      handle: async ({ params: { community, roll } }) =>
        describe(db, await get(db, community, roll)),
    }),
  ];
}

function linesRoute({ context: { db } }: Registry): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/rolls/:roll/lines",
      who: "public",
      summary:
        "Units with their areas and leaves in tree order; `next` is the `after` of the next page",
      cache: "revalidate",
      params,
      query: z.object({
        after: count.optional(),
        limit: z.coerce.number().int().min(1).max(5000).default(1000),
      }),
      response: z.object({ items: z.array(lineSchema), next: z.int().nullable() }),
      async handle({ params: { community, roll }, query: { after, limit } }) {
        const { id } = await get(db, community, roll);
        const rows = await db.rollUnit.findMany({
          where: { rollId: id, ...(after === undefined ? {} : { position: { gt: after } }) },
          orderBy: { position: "asc" },
          take: limit,
        });
        const items = rows.map((row) => ({ ...row, area: fromAreaE4(row.areaE4) }));
        return { items, next: rows.length === limit ? rows.at(-1)!.position : null };
      },
    }),
  ];
}
