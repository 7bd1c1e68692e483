import * as z from "zod";
import { communityParams, hexOut, uuid } from "../../http/fields.ts";
import { getOfficer } from "../../http/authority.ts";
import { defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import type { AssemblyContext } from "../context.ts";
import { meetingParams, meetingSchema, proposedSchema } from "../schemas.ts";
import { proposeMeeting } from "./convene.ts";
import { draftSchema, momentSchema, recordText } from "./draft.ts";
import { proposeExtension } from "./extend.ts";
import { listMeetings, viewMeeting } from "./view.ts";

const CONVENERS = { officer: ["committee", "registrar"] } as const;
const MAX_DOCUMENT_BYTES = 20_000_000;
const MAX_DRAFT_BYTES = 2_000_000;

export function meetingRoutes(context: AssemblyContext): Route[] {
  return [
    ...readingRoutes(context),
    conveneRoute(context),
    documentRoute(context),
    extendRoute(context),
  ];
}

function readingRoutes(context: AssemblyContext): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/meetings",
      who: "public",
      summary: "All meetings that were convened, the newest first",
      params: communityParams,
      response: z.object({ items: z.array(meetingSchema) }),
      handle: async ({ params }) => ({ items: await listMeetings(context, params.community) }),
    }),
    defineRoute({
      method: "get",
      path: "/communities/:community/meetings/:meeting",
      who: "public",
      summary: "A meeting: what is voted on, who takes part, and the result once it is counted",
      params: meetingParams,
      response: meetingSchema,
      handle: ({ params }) => viewMeeting(context, params.community, params.meeting),
    }),
  ];
}

const conveneRoute = (context: AssemblyContext): Route =>
  defineRoute({
    method: "post",
    path: "/communities/:community/meetings",
    who: CONVENERS,
    summary:
      "Propose a meeting; it is convened when a registrar and a committee officer have signed",
    status: 201,
    maxBodyBytes: MAX_DRAFT_BYTES,
    params: communityParams,
    body: draftSchema,
    response: proposedSchema.extend({ meeting: uuid }),
    handle: ({ params, body, caller }) =>
      proposeMeeting(context, {
        communityId: params.community,
        draft: body,
        officer: getOfficer(caller),
      }),
  });

const documentRoute = (context: AssemblyContext): Route =>
  defineRoute({
    method: "post",
    path: "/communities/:community/meetings/documents",
    who: CONVENERS,
    summary: "Hand in a document that motions may refer to",
    status: 201,
    limit: "import",
    upload: { maxBytes: MAX_DOCUMENT_BYTES },
    params: communityParams,
    body: z.object({ name: recordText(200).optional() }),
    response: z.object({ sha256: hexOut, name: z.string(), mediaType: z.string() }),
    async handle({ params, body, file }) {
      const name = body.name ?? recordText(200).parse(file!.name);
      const { bytes, name: fileName } = file!;
      const upload = { communityId: params.community, name, fileName, bytes };
      const stored = await context.db.$transaction((tx) => context.anchor.putUpload(tx, upload));
      return { ...stored, name };
    },
  });

const extendRoute = (context: AssemblyContext): Route =>
  defineRoute({
    method: "post",
    path: "/communities/:community/meetings/:meeting/extensions",
    who: CONVENERS,
    summary: "Propose a later end, before the old one",
    status: 201,
    params: meetingParams,
    body: z.object({ closesAt: momentSchema, reason: recordText(2000) }),
    response: proposedSchema.extend({ extension: uuid }),
    handle: ({ params, body, caller }) =>
      proposeExtension(context, {
        communityId: params.community,
        meeting: params.meeting,
        ...body,
        officer: getOfficer(caller),
      }),
  });
