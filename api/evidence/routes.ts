import * as z from "zod";
import { meetingParams } from "../assembly/schemas.ts";
import { communityParams } from "../http/fields.ts";
import { FILE, defineRoute } from "../http/route.ts";
import type { Route } from "../http/route.ts";
import { Bundles } from "./bundles.ts";
import type { EvidenceContext } from "./bundles.ts";

/** Evidence bundles, for everybody. */
export function evidenceRoutes(context: EvidenceContext): Route[] {
  const bundles = new Bundles(context);
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/bundle",
      who: "public",
      summary: "Everything that the community ever published, to be verified offline, as one file",
      cache: "revalidate",
      params: communityParams,
      response: FILE,
      handle: ({ params }) => bundles.get(params.community, { kind: "community" }),
    }),
    defineRoute({
      method: "get",
      path: "/communities/:community/meetings/:meeting/bundle",
      who: "public",
      summary: "Everything needed to verify the meeting offline, as one file",
      cache: "revalidate",
      params: meetingParams,
      response: FILE,
      async handle({ params: { community, meeting } }) {
        await context.assembly.requireMeeting(community, meeting);
        return bundles.get(community, { kind: "meeting", meeting });
      },
    }),
    ...fundRoutes(context, bundles),
  ];
}

/** Bundles of a project, from its plan to its last payment, of a closed period of the books, and of one entry. */
function fundRoutes({ fund }: EvidenceContext, bundles: Bundles): Route[] {
  const numbered = z.coerce.number().int().min(1);
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/fund/projects/:project/bundle",
      who: "public",
      summary: "Everything needed to verify the project offline, as one file",
      cache: "revalidate",
      params: communityParams.extend({ project: numbered }),
      response: FILE,
      async handle({ params: { community, project } }) {
        await fund.requireProject(community, project);
        return bundles.get(community, { kind: "project", project });
      },
    }),
    defineRoute({
      method: "get",
      path: "/communities/:community/fund/periods/:period/bundle",
      who: "public",
      summary: "Everything needed to verify the closed period offline, as one file",
      cache: "revalidate",
      params: communityParams.extend({ period: numbered }),
      response: FILE,
      async handle({ params: { community, period } }) {
        await fund.requirePeriod(community, period);
        return bundles.get(community, { kind: "period", period });
      },
    }),
    defineRoute({
      method: "get",
      path: "/communities/:community/fund/entries/:entry/bundle",
      who: "public",
      summary: "Everything needed to verify one entry of the books offline, as one file",
      cache: "revalidate",
      params: communityParams.extend({ entry: numbered }),
      response: FILE,
      async handle({ params: { community, entry } }) {
        await fund.requireEntry(community, entry);
        return bundles.get(community, { kind: "entry", entry });
      },
    }),
  ];
}
