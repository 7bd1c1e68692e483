import * as z from "zod";
import { FLAG_FORMULAS } from "../../../protocol/anchor/record/kinds.ts";
import { FLAG_VERSION, FLAG_WORDS, flagRulesSchema } from "../../../protocol/fund/flag/rules.ts";
import type { FundFlag, FundFlagAnswer } from "../../database/generated/client.ts";
import { getOfficer } from "../../http/authority.ts";
import { communityParams, count, hex, hexOut, instant } from "../../http/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import type { FundContext } from "../context.ts";
import { answerFlag } from "./answer.ts";
import type { FlagSource } from "./inputs.ts";
import { raiseFlags } from "./raise.ts";
import { findRules, setRules } from "./rules.ts";

const COMMITTEE = { officer: ["committee"] } as const;
const MAX_PAGE = 200;

const figures = z.record(z.string(), z.union([z.string(), z.number()]));
const inputsSchema = z.array(z.object({ name: z.string(), record: z.int().nullable() }));
const rulesSchema = flagRulesSchema.meta({ id: "FlagRules" });

const answerSchema = z.object({
  number: z.int(),
  text: z.string(),
  documents: z.array(hexOut),
  by: hexOut,
  recordIndex: z.int(),
  answeredAt: instant,
});

const flagSchema = z
  .object({
    number: z.int(),
    formula: z.enum(FLAG_FORMULAS),
    parameters: figures,
    inputs: inputsSchema.meta({ description: "what it follows from, with the record of each" }),
    figures,
    recordIndex: z.int(),
    raisedAt: instant,
    answers: z.array(answerSchema),
  })
  .meta({ id: "Flag" });

const viewAnswer = (row: FundFlagAnswer): z.input<typeof answerSchema> => ({
  ...{ number: row.number, text: row.text, documents: row.documents, by: row.by },
  ...{ recordIndex: row.recordIndex, answeredAt: row.answeredAt.toISOString() },
});

const viewFlag = (row: FundFlag & { answers: FundFlagAnswer[] }): z.input<typeof flagSchema> => ({
  number: row.number,
  formula: row.formula as (typeof FLAG_FORMULAS)[number],
  parameters: figures.parse(row.parameters),
  inputs: inputsSchema.parse(row.inputs),
  figures: figures.parse(row.figures),
  recordIndex: row.recordIndex,
  raisedAt: row.raisedAt.toISOString(),
  answers: row.answers.map(viewAnswer),
});

export const flagRoutes = (context: FundContext, sources: readonly FlagSource[]): Route[] => [
  listRoute(context),
  ...rulesRoutes(context),
  runRoute(context, sources),
  answerRoute(context),
];

const listRoute = ({ db }: FundContext): Route =>
  defineRoute({
    method: "get",
    path: "/communities/:community/fund/flags",
    who: "public",
    summary: "What the published formulas found, with the committee's answers; newest first",
    params: communityParams,
    query: z.object({
      before: count.optional().meta({ description: "numbers below this one" }),
      limit: count.pipe(z.number().min(1).max(MAX_PAGE)).default(50),
      open: z.enum(["true", "false"]).optional().meta({ description: "without an answer only" }),
    }),
    response: z.object({ items: z.array(flagSchema) }),
    async handle({ params: { community: communityId }, query: { before, limit, open } }) {
      const rows = await db.fundFlag.findMany({
        where: {
          communityId,
          ...(before !== undefined && { number: { lt: before } }),
          ...(open === "true" && { answers: { none: {} } }),
        },
        include: { answers: { orderBy: { number: "asc" } } },
        orderBy: { number: "desc" },
        take: limit,
      });
      return { items: rows.map(viewFlag) };
    },
  });

const formulasSchema = z.object({
  version: z.int(),
  formulas: z.array(
    z.object({ formula: z.enum(FLAG_FORMULAS), words: z.string(), parameters: figures }),
  ),
});

function rulesRoutes(context: FundContext): Route[] {
  const view = (rules: z.infer<typeof rulesSchema>) => ({
    version: FLAG_VERSION,
    formulas: FLAG_FORMULAS.map((formula) => {
      return { formula, words: FLAG_WORDS[formula], parameters: rules[formula] };
    }),
  });
  const path = "/communities/:community/fund/flags/formulas";
  return [
    defineRoute({
      ...{ method: "get", path, who: "public", params: communityParams, response: formulasSchema },
      summary: "Every formula in words, with the parameters that hold here",
      handle: async ({ params }) => view(await findRules(context.db, params.community)),
    }),
    defineRoute({
      ...{ method: "put", path, who: COMMITTEE, params: communityParams, response: formulasSchema },
      summary: "Set the parameters for flags to come, with the source that asks for them",
      body: z.strictObject({
        rules: rulesSchema,
        source: z.string().normalize("NFC").trim().min(1).max(300),
      }),
      async handle({ params: { community: communityId }, body, caller }) {
        const officer = getOfficer(caller).id;
        return view(await setRules(context, { ...body, communityId, officer }));
      },
    }),
  ];
}

const runRoute = (context: FundContext, sources: readonly FlagSource[]): Route =>
  defineRoute({
    method: "post",
    path: "/communities/:community/fund/flags/run",
    who: { officer: ["committee", "registrar", "auditor"] },
    summary: "Apply the formulas now; what they find for the first time is published",
    params: communityParams,
    response: z.object({ raised: z.int() }),
    async handle({ params: { community } }) {
      return { raised: await raiseFlags(context, community, sources) };
    },
  });

const answerRoute = (context: FundContext): Route =>
  defineRoute({
    method: "post",
    path: "/communities/:community/fund/flags/:flag/answers",
    who: COMMITTEE,
    summary: "Answer a flag in public",
    status: 201,
    params: communityParams.extend({ flag: count }),
    body: z.strictObject({
      text: z.string().normalize("NFC").trim().min(1).max(2000),
      documents: z.array(hex(32)).max(20).default([]),
    }),
    response: answerSchema,
    async handle({ params: { community: communityId, flag }, body, caller }) {
      const officer = getOfficer(caller).id;
      return viewAnswer(await answerFlag(context, { ...body, communityId, flag, officer }));
    },
  });
