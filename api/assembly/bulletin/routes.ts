import * as z from "zod";
import { hexOut } from "../../http/fields.ts";
import { reachedAt } from "../../http/origin.ts";
import { FILE, defineRoute } from "../../http/route.ts";
import type { FileAnswer, Route } from "../../http/route.ts";
import { createKeeper } from "../../print/keep.ts";
import type { AssemblyContext } from "../context.ts";
import { meetingParams } from "../schemas.ts";
import { collectBulletin } from "./collect.ts";
import { printBulletin } from "./paper.ts";

const partsSchema = z.object({
  head: z.object({ size: z.int(), root: hexOut }),
  records: z.array(
    z.object({
      index: z.int(),
      text: z.string().meta({ description: "canonical text of the record" }),
      disclosures: z.array(z.object({ path: z.string(), salt: hexOut, value: z.string() })),
    }),
  ),
});

export function bulletinRoutes(context: AssemblyContext): Route[] {
  return [partsRoute(context), paperRoute(context)];
}

const partsRoute = (context: AssemblyContext): Route =>
  defineRoute({
    method: "get",
    path: "/communities/:community/meetings/:meeting/bulletin",
    who: "public",
    summary:
      "The published records that make the official result notice, and a head that covers them",
    cache: "revalidate",
    params: meetingParams,
    response: partsSchema,
    async handle({ params }) {
      const { head, records } = await collectBulletin(context, params.community, params.meeting);
      const entries = records.map(({ disclosures, ...entry }) => {
        return { ...entry, disclosures: [...(disclosures ?? [])] };
      });
      return { head, records: entries };
    },
  });

function paperRoute(context: AssemblyContext): Route {
  const keep = createKeeper<Uint8Array>();
  return defineRoute({
    method: "get",
    path: "/communities/:community/meetings/:meeting/bulletin.pdf",
    who: "public",
    summary: "The official result notice as a sheet of paper (A4, PDF)",
    cache: "revalidate",
    params: meetingParams,
    query: z.object({ language: z.enum(["zh", "en"]).default("zh") }),
    response: FILE,
    async handle({ params, query, request }): Promise<FileAnswer> {
      const parts = await collectBulletin(context, params.community, params.meeting);
      const origin = context.publicOrigin ?? reachedAt(request);
      const address = { language: query.language, origin, communityId: params.community };
      const name = JSON.stringify([parts, address]);
      const bytes = await keep(name, () => printBulletin(parts, address));
      const file = `bulletin-${params.community}-${params.meeting}-${query.language}.pdf`;
      return { mediaType: "application/pdf", bytes, name: file };
    },
  });
}
