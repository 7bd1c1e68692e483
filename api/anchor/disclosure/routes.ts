import * as z from "zod";
import { getOfficer } from "../../http/authority.ts";
import { communityParams } from "../../http/fields.ts";
import { defineRoute } from "../../http/route.ts";
import type { Route } from "../../http/route.ts";
import { proposeRedaction } from "./redact.ts";
import type { RedactionDeps } from "./redact.ts";

export function redactionRoutes(deps: RedactionDeps): Route[] {
  return [
    defineRoute({
      method: "post",
      path: "/communities/:community/redactions",
      who: { officer: ["registrar", "committee"] },
      summary: "Propose to delete what stands behind a sealed field of a record",
      status: 201,
      params: communityParams,
      body: z.strictObject({
        record: z.int().min(0),
        path: z.string().min(2).max(200).meta({ description: "JSON pointer", example: "/contact" }),
        reason: z.string().normalize("NFC").trim().min(1).max(200).meta({
          description: "published; names nobody",
        }),
      }),
      response: z.object({ proposal: z.string() }),
      handle: ({ params: { community }, body, caller }) =>
        proposeRedaction(deps, { communityId: community, ...body, officer: getOfficer(caller) }),
    }),
  ];
}
