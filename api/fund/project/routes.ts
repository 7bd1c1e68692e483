import * as z from "zod";
import { recordText } from "../../assembly/service.ts";
import { getOfficer } from "../../http/authority.ts";
import { communityParams, hex } from "../../http/fields.ts";
import { FILE, defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import type { FundContext } from "../context.ts";
import { getProjectDocument, putProjectDocument } from "./documents.ts";
import { projectParams, projectSchema, storySchema, uploadSchema } from "./schemas.ts";
import { stepRoutes } from "./stepRoutes.ts";
import type { Raise } from "./stepRoutes.ts";
import { listProjects, viewStory } from "./view.ts";

const MAX_DOCUMENT_BYTES = 20_000_000;
const COMMITTEE = { officer: ["committee"] } as const;
const READERS = { officer: ["committee", "registrar", "approver", "auditor"] } as const;

export const projectRoutes = (context: FundContext, raise: Raise): Route[] => [
  ...readingRoutes(context),
  ...documentRoutes(context),
  ...stepRoutes(context, raise),
];

function readingRoutes(context: FundContext): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/fund/projects",
      who: "public",
      summary: "All projects, the newest first: approved, contracted and paid at a glance",
      params: communityParams,
      response: z.object({ items: z.array(projectSchema) }),
      handle: async ({ params }) => ({ items: await listProjects(context, params.community) }),
    }),
    defineRoute({
      method: "get",
      path: "/communities/:community/fund/projects/:project",
      who: "public",
      summary: "A project from plan to payment, each step with its documents and its record",
      params: projectParams,
      response: storySchema,
      handle: ({ params: { community: communityId, project } }) =>
        viewStory(context, { communityId, project }),
    }),
  ];
}

function documentRoutes(context: FundContext): Route[] {
  return [
    defineRoute({
      method: "post",
      path: "/communities/:community/fund/documents",
      who: COMMITTEE,
      summary: "Hand in a file for a project's steps; the public ones everybody may read",
      status: 201,
      limit: "import",
      upload: { maxBytes: MAX_DOCUMENT_BYTES },
      params: communityParams,
      body: z.object({
        name: recordText(200).optional(),
        public: z.enum(["true", "false"]).meta({ description: "whether everybody may read it" }),
      }),
      response: uploadSchema,
      handle: ({ params, body, file, caller }) =>
        putProjectDocument(context, {
          communityId: params.community,
          file: file!,
          name: body.name ?? recordText(200).parse(file!.name),
          isPublic: body.public === "true",
          officer: getOfficer(caller).id,
        }),
    }),
    defineRoute({
      method: "get",
      path: "/communities/:community/fund/documents/:sha256",
      who: READERS,
      summary: "A file that was handed in for a project, also one that is not public",
      params: communityParams.extend({ sha256: hex(32) }),
      response: FILE,
      handle: ({ params: { community: communityId, sha256 } }) =>
        getProjectDocument(context, { communityId, sha256 }),
    }),
  ];
}
