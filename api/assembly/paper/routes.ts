import * as z from "zod";
import { getOfficer } from "../../http/authority.ts";
import { hexOut, uuid } from "../../http/fields.ts";
import { FILE, defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import type { AssemblyContext } from "../context.ts";
import { meetingParams, paperSchema } from "../schemas.ts";
import { checkPaper, listPaper, viewPaper } from "./check.ts";
import { enterPaper, readScan } from "./enter.ts";
import { proposePaperBatch } from "./seal.ts";

const TELLERS = { officer: ["teller"] } as const;
const MAX_SCAN_BYTES = 10_000_000;

const answersSchema = z.array(z.string().max(20)).max(16).meta({
  description: "for, against, abstain or blank (also: unreadable), one per motion",
});

/** In a multipart form: `for,blank,against`. */
const answersField = z
  .string()
  .max(400)
  .transform((text) => text.split(","));

const paperParams = meetingParams.extend({ id: uuid });

export function paperRoutes(context: AssemblyContext): Route[] {
  return [...readingRoutes(context), enterRoute(context), checkRoute(context), sealRoute(context)];
}

function readingRoutes(context: AssemblyContext): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/meetings/:meeting/paper",
      who: TELLERS,
      summary:
        "Paper ballots and how far they are; without the answers, so that the check is blind",
      params: meetingParams,
      response: z.object({
        items: z.array(paperSchema.extend({ mine: z.boolean(), batch: z.int().nullable() })),
      }),
      handle: async ({ params, caller }) => {
        const { community: communityId, meeting } = params;
        return {
          items: await listPaper(context, { communityId, meeting, teller: getOfficer(caller) }),
        };
      },
    }),
    defineRoute({
      method: "get",
      path: "/communities/:community/meetings/:meeting/paper/:id/scan",
      who: { officer: ["teller", "registrar"] },
      summary: "The scan of a paper ballot",
      params: paperParams,
      response: FILE,
      handle: ({ params }) =>
        readScan(context, {
          communityId: params.community,
          meeting: params.meeting,
          id: params.id,
        }),
    }),
  ];
}

const enterRoute = (context: AssemblyContext): Route =>
  defineRoute({
    method: "post",
    path: "/communities/:community/meetings/:meeting/paper",
    who: TELLERS,
    summary: "Enter a paper ballot with its scan (PDF, JPEG or PNG)",
    status: 201,
    upload: { maxBytes: MAX_SCAN_BYTES },
    params: meetingParams,
    body: z.object({ unit: z.string().min(1).max(100), answers: answersField }),
    response: paperSchema,
    async handle({ params, body, file, caller }) {
      const entry = { ...body, scan: file!.bytes, teller: getOfficer(caller) };
      const { community: communityId, meeting } = params;
      return viewPaper(await enterPaper(context, { communityId, meeting, ...entry }));
    },
  });

const checkRoute = (context: AssemblyContext): Route =>
  defineRoute({
    method: "post",
    path: "/communities/:community/meetings/:meeting/paper/:id/check",
    who: TELLERS,
    summary: "Read the scan a second time; `returned` where the two readings differ",
    params: paperParams,
    body: z.object({ answers: answersSchema }),
    response: paperSchema,
    async handle({ params, body, caller }) {
      const { community: communityId, meeting, id } = params;
      const check = { communityId, meeting, id, answers: body.answers, teller: getOfficer(caller) };
      return viewPaper(await checkPaper(context, check));
    },
  });

const sealRoute = (context: AssemblyContext): Route =>
  defineRoute({
    method: "post",
    path: "/communities/:community/meetings/:meeting/paper/batches",
    who: TELLERS,
    summary:
      "Propose the checked paper ballots as one batch; it is sealed when two tellers have signed",
    status: 201,
    params: meetingParams,
    response: z.object({ proposal: uuid, root: hexOut, count: z.int() }),
    handle: ({ params, caller }) =>
      proposePaperBatch(context, {
        communityId: params.community,
        meeting: params.meeting,
        teller: getOfficer(caller),
      }),
  });
