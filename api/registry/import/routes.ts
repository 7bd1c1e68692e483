import * as z from "zod";
import { AreaError, fromAreaE4, sumAreaE4, toAreaE4 } from "../../../protocol/registry/area.ts";
import { getOfficer } from "../../http/authority.ts";
import { DomainError } from "../../http/errors.ts";
import { communityParams, hexOut, instant, uuid } from "../../http/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import { compareImport, differenceSchema } from "../roll/difference.ts";
import { proposeRoll } from "../roll/freeze.ts";
import type { Registry } from "../service.ts";
import { USES } from "./cells.ts";
import { FIELDS } from "./columns.ts";
import { readIdentity } from "./identity.ts";
import { reportSchema } from "./report.ts";

const MAX_FILE_BYTES = 20_000_000;

/** A form's field that carries JSON. */
const json = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.issues.push({ code: "custom", input: text, message: "not JSON" });
        return z.NEVER;
      }
    })
    .pipe(schema);

const areaE4 = z.string().transform((text, context) => {
  try {
    return toAreaE4(text);
  } catch (error) {
    if (!(error instanceof AreaError)) throw error;
    context.issues.push({ code: "custom", input: text, message: "not an area" });
    return z.NEVER;
  }
});

/** What the property register itself says, so that a table with lines left out cannot become a roll. */
const register = z
  .strictObject({ units: z.int().min(1), area: areaE4 })
  .meta({ description: "the property register's totals: units, and area in m² as decimal text" });

const asText = { override: { type: "string" as const } };

const importForm = z.object({
  mapping: json(z.partialRecord(z.enum(FIELDS), z.string()))
    .optional()
    .meta({ ...asText, description: "JSON: field → title of its column, where it is not found" }),
  statedArea: areaE4.optional().meta({ ...asText, description: "total in m² that must come out" }),
  statedUnits: z.coerce.number().int().min(1).optional(),
  uses: json(z.array(z.enum(USES)).min(1))
    .optional()
    .meta({
      ...asText,
      description: "JSON: classes of use that vote; default residence, shop, office, other",
    }),
  developer: z
    .string()
    .transform((text) => readIdentity(text)?.number)
    .optional()
    .meta({
      ...asText,
      description: "the developer's identity number, where it stands as an owner",
    }),
});

// Parking spaces, garages and storage rooms vote where the community's rules say so.
const DEFAULT_USES = ["residence", "shop", "office", "other"] as const;

const importSchema = z
  .object({
    ...{ id: z.string(), sha256: hexOut, createdAt: instant, createdBy: hexOut },
    report: reportSchema,
  })
  .meta({ id: "Import" });

const place = z.string().min(1).max(40);

/** Nobody signs for a table that is not the whole of the register. */
function requireRegister(
  units: readonly { areaE4: bigint }[],
  stated: { units: number; area: bigint },
): void {
  const sum = sumAreaE4(units);
  if (units.length === stated.units && sum === stated.area) return;
  throw new DomainError("RegisterDiffers", { units: units.length, area: fromAreaE4(sum) });
}

export const importRoutes = (registry: Registry): Route[] => [
  ...uploadRoute(registry),
  ...listRoute(registry),
  ...rollRoute(registry),
];

function uploadRoute({ imports }: Registry): Route[] {
  return [
    defineRoute({
      method: "post",
      path: "/communities/:community/imports",
      who: { officer: ["registrar", "committee"] },
      summary: "Read a table of units (CSV, XLSX) and show what would come of it",
      limit: "import",
      status: 201,
      params: communityParams,
      upload: { maxBytes: MAX_FILE_BYTES },
      body: importForm,
      response: importSchema,
      async handle({ params, body, file, caller }) {
        const { mapping = {}, statedArea, statedUnits, uses = DEFAULT_USES, developer } = body;
        const stored = await imports.create({
          communityId: params.community,
          bytes: file!.bytes,
          statement: { mapping, areaE4: statedArea, units: statedUnits },
          rules: { uses, developer },
          officer: getOfficer(caller),
        });
        return { ...stored, createdAt: stored.createdAt.toISOString() };
      },
    }),
  ];
}

function listRoute({ imports }: Registry): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/imports",
      who: { officer: ["registrar", "committee"] },
      summary: "Earlier imports, newest first",
      params: communityParams,
      response: z.object({ items: z.array(importSchema) }),
      async handle({ params }) {
        const rows = await imports.list(params.community);
        return { items: rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })) };
      },
    }),
  ];
}

function rollRoute({ context, imports }: Registry): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/imports/:id/difference",
      who: { officer: ["registrar", "committee"] },
      summary: "How a clean import differs from the last frozen roll",
      params: communityParams.extend({ id: uuid }),
      response: differenceSchema,
      async handle({ params: { community, id } }) {
        const content = await imports.getContent(context.db, community, id);
        return compareImport(context, community, content);
      },
    }),
    defineRoute({
      method: "post",
      path: "/communities/:community/imports/:id/roll",
      who: { officer: ["registrar"] },
      summary: "Draw up a roll from a clean import and put it before the two officers",
      status: 201,
      params: communityParams.extend({ id: uuid }),
      body: z.strictObject({
        register,
        scope: z.string().normalize("NFC").trim().min(1).max(200),
        buildings: z.array(place).min(1).optional(),
        entrances: z
          .array(z.strictObject({ building: place, entrance: z.string().max(40) }))
          .optional(),
      }),
      response: z.object({ roll: z.int(), proposal: z.string(), record: hexOut }),
      async handle({ params: { community, id }, body, caller }) {
        const content = await imports.getContent(context.db, community, id);
        const officer = getOfficer(caller);
        const { register: stated, ...scope } = body;
        requireRegister(content.units, stated);
        return proposeRoll(context, { communityId: community, content, scope, officer });
      },
    }),
  ];
}
