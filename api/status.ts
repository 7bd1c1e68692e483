import * as z from "zod";
import { hexOut, instant } from "./http/fields.ts";
import { defineRoute } from "./http/route.ts";
import type { Route } from "./http/route.ts";
import type { Service } from "./service.ts";
import { VERSION } from "./version.ts";

const statusSchema = z
  .object({
    version: z.string(),
    now: instant,
    demonstration: z.boolean().meta({ description: "whether a community here is made up" }),
    chain: z.object({
      kind: z.enum(["embedded", "external"]),
      chainId: z.int(),
      blockNumber: z.int(),
      blockTime: z.int().meta({ description: "Unix seconds" }),
      relayer: hexOut,
      verifiers: z
        .object({ webCryptoVerifier: hexOut, webAuthnVerifier: hexOut })
        .nullable()
        .meta({ description: "ERC-7913 verifiers of officers' keys; null while on their way" }),
      proves: z.enum(["withWitnesses", "withOtherNodes"]).meta({
        description:
          "withWitnesses: run by the operator alone, so that only heads, receipts and bundles kept elsewhere prove something against him; withOtherNodes: whatever the chain's other operators vouch for",
      }),
      driving: z.boolean(),
      waiting: z.int(),
      failing: z.boolean(),
      refusal: z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) }).nullable(),
      incidents: z.array(z.object({ code: z.string(), params: z.unknown(), at: instant })),
    }),
    nodes: z.array(z.string()).meta({ description: "other chain nodes that the page may read" }),
  })
  .meta({ id: "Status" });

const PROVES = { embedded: "withWitnesses", external: "withOtherNodes" } as const;

export function statusRoutes({ chain, clock, db, settings }: Service): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/status",
      who: "public",
      summary: "The chain in use and what it proves, version, demonstration",
      response: statusSchema,
      async handle() {
        const { blockNumber, blockTime, refusal, incidents, ...status } = await chain.status();
        const demonstration = await db.community.count({ where: { demonstration: true } });
        return {
          version: VERSION,
          now: clock.now().toISOString(),
          demonstration: demonstration > 0,
          chain: {
            ...status,
            verifiers: (await chain.findVerifiers(db)) ?? null,
            blockNumber: Number(blockNumber),
            blockTime: Number(blockTime),
            proves: PROVES[status.kind],
            refusal: refusal ?? null,
            incidents: incidents.map((row) => ({ ...row, at: row.at.toISOString() })),
          },
          nodes: [...settings.nodeOrigins],
        };
      },
    }),
  ];
}
