import * as z from "zod";
import { getOfficer } from "../../../http/authority.ts";
import { defineRoute } from "../../../http/route.ts";
import type { Route } from "../../../http/route.ts";
import type { FundContext } from "../../context.ts";
import type { BankDesk } from "../desk.ts";
import { mappingSchema } from "../parse/columns.ts";
import { MAX_BANK_FILE_BYTES } from "../parse/read.ts";
import { previewImport } from "../preview.ts";
import { COMMITTEE, accountParams, day, fenOut } from "../schemas.ts";
import { statementSchema, viewStatement } from "../schemas.ts";

const asText = { override: { type: "string" as const } };

const mappingField = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.issues.push({ code: "custom", input: text, message: "not JSON" });
      return z.NEVER;
    }
  })
  .pipe(mappingSchema)
  .optional()
  .meta({ ...asText, description: "JSON, see BankMapping; saved for the account when it works" });

const yuan = z
  .string()
  .trim()
  .max(30)
  .optional()
  .meta({ description: "yuan, as on the statement" });

const importForm = z.object({ mapping: mappingField, opening: yuan, closing: yuan });

const importedSchema = z.object({
  statement: statementSchema
    .nullable()
    .meta({ description: "null where the file says nothing new" }),
  added: z.int(),
  repeated: z.int(),
});

const previewSchema = z
  .object({
    format: z.string(),
    validation: z.enum(["schema", "structure", "columns"]),
    statements: z.array(
      z.object({
        from: day.nullable(),
        to: day.nullable(),
        opening: fenOut.nullable(),
        closing: fenOut.nullable(),
        lines: z.int(),
        added: z.int(),
        repeated: z.int(),
        problems: z.array(
          z.object({
            code: z.string(),
            params: z.record(z.string(), z.union([z.string(), z.number()])),
          }),
        ),
      }),
    ),
    counterparties: z.array(
      z.object({
        name: z.string(),
        lines: z.int(),
        looksLikeOrganisation: z.boolean(),
        isPublished: z.boolean(),
      }),
    ),
  })
  .meta({ id: "BankPreview" });

const orNull = (fen: bigint | null): string | null => (fen === null ? null : String(fen));

export const bankImportRoutes = (context: FundContext, desk: BankDesk): Route[] => [
  defineRoute({
    method: "post",
    path: "/communities/:community/fund/bank/accounts/:account/preview",
    who: COMMITTEE,
    summary: "Read a bank's file and show what would come of it; nothing is written",
    limit: "import",
    params: accountParams,
    upload: { maxBytes: MAX_BANK_FILE_BYTES },
    body: importForm,
    response: previewSchema,
    async handle({ params: { community: communityId, account }, body, file, caller }) {
      const place = { communityId, account, officer: getOfficer(caller).id };
      const preview = await previewImport(context, { ...place, ...body, bytes: file!.bytes });
      const statements = preview.statements.map(({ openingFen, closingFen, ...rest }) => {
        return { ...rest, opening: orNull(openingFen), closing: orNull(closingFen) };
      });
      return { ...preview, statements };
    },
  }),
  defineRoute({
    method: "post",
    path: "/communities/:community/fund/bank/accounts/:account/statements",
    who: COMMITTEE,
    summary: "Import a bank's file (camt.053, OFX, CSV, XLSX): all of it or nothing",
    limit: "import",
    status: 201,
    params: accountParams,
    upload: { maxBytes: MAX_BANK_FILE_BYTES },
    body: importForm,
    response: z.object({ items: z.array(importedSchema) }),
    async handle({ params: { community: communityId, account }, body, file, caller }) {
      const place = { communityId, account, officer: getOfficer(caller).id };
      const results = await desk.importFile({ ...place, ...body, bytes: file!.bytes });
      const items = results.map(({ statement, plan }) => ({
        statement: statement && viewStatement(statement),
        added: plan.added.length,
        repeated: plan.repeated,
      }));
      return { items };
    },
  }),
];
