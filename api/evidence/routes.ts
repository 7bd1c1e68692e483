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
  ];
}
