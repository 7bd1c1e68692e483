import * as z from "zod";
import { answerRpc } from "./chain/rpc.ts";
import type { Chain } from "./chain/service.ts";
import { sendPublicJson } from "./http/compress.ts";
import { RAW, defineRoute } from "./http/route.ts";
import type { Route } from "./http/route.ts";

const MAX_BODY_BYTES = 1_000_000;

/** JSON-RPC 2.0 has answers of its own, failures included. */
export function chainRoutes(chain: Chain): Route[] {
  return [
    defineRoute({
      method: "post",
      path: "/rpc",
      who: "public",
      summary: "JSON-RPC 2.0: reading methods, and eth_sendRawTransaction for owners' own seals",
      limit: "rpc",
      crossOrigin: true,
      maxBodyBytes: MAX_BODY_BYTES,
      body: z.unknown().meta({ override: { type: "object" } }),
      response: RAW,
      async handle({ body, request, response }) {
        const reply = await answerRpc(chain, body);
        response.set("Cache-Control", "no-store");
        if (reply === undefined) response.status(204).end();
        else await sendPublicJson(request, response, reply);
      },
    }),
  ];
}
