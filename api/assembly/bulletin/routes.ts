import type { Request } from "express";
import * as z from "zod";
import { hexOut } from "../../http/fields.ts";
import { FILE, defineRoute } from "../../http/route.ts";
import type { FileAnswer, Route } from "../../http/route.ts";
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

/** Setting a notice takes a moment; the last ones are kept. */
const KEPT = 20;

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
  const kept = new Map<string, Promise<Uint8Array>>();
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
      const origin = context.publicOrigin ?? originOf(request);
      const address = { language: query.language, origin, communityId: params.community };
      const name = JSON.stringify([parts, address]);
      const printing = kept.get(name) ?? printBulletin(parts, address);
      keep(kept, name, printing);
      const file = `bulletin-${params.community}-${params.meeting}-${query.language}.pdf`;
      return { mediaType: "application/pdf", bytes: await printing, name: file };
    },
  });
}

const originOf = (request: Request): string => `${request.protocol}://${request.get("host") ?? ""}`;

function keep<T>(kept: Map<string, Promise<T>>, name: string, printing: Promise<T>): void {
  kept.set(name, printing);
  printing.catch(() => kept.delete(name));
  const oldest = kept.keys().next();
  if (kept.size > KEPT && !oldest.done) kept.delete(oldest.value);
}
