import * as z from "zod";
import { hexToBytes } from "viem";
import { formatProofFile } from "../../protocol/anchor/tlog/proofFile.ts";
import type { Db } from "../database/client.ts";
import { DomainError } from "../http/errors.ts";
import { communityParams, count, instant } from "../http/fields.ts";
import { FILE, defineRoute } from "../http/route.ts";
import type { Route } from "../http/route.ts";
import { getCheckpoint } from "./log/checkpoints.ts";
import { proveRecord } from "./log/proofs.ts";
import { getRecord } from "./log/records.ts";
import { getTile } from "./log/tiles.ts";
import type { Anchor } from "./service.ts";

const TEXT = "text/plain; charset=utf-8";

/** The log as others read it: c2sp.org/tlog-tiles with `/communities/:community/log` as its prefix. */
export function logRoutes(db: Db, anchor: Anchor): Route[] {
  return [...checkpointRoutes(db), tileRoute(db), witnessRoute(anchor), timestampRoute(db)];
}

const witnessesSchema = z
  .object({
    origin: z.string().nullable(),
    size: z.int().nullable().meta({ description: "of the last signed head" }),
    policy: z.string().nullable().meta({ description: "the policy file: c2sp.org/tlog-policy" }),
    quorum: z
      .object({
        isReached: z.boolean(),
        cosigned: z.array(z.string()),
        missing: z.array(z.string()),
      })
      .nullable()
      .meta({ description: "where the policy stands with the last signed head" }),
    witnesses: z.array(
      z.object({
        name: z.string(),
        key: z.string(),
        url: z.string().nullable(),
        size: z.int().nullable().meta({ description: "of the last head that it cosigned" }),
        at: instant.nullable(),
      }),
    ),
    timestamps: z.object({
      authority: z.string().nullable(),
      last: z.object({ size: z.int(), authority: z.string(), at: instant }).nullable(),
    }),
  })
  .meta({ id: "Witnesses" });

function witnessRoute(anchor: Anchor): Route {
  return defineRoute({
    method: "get",
    path: "/communities/:community/log/witnesses",
    who: "public",
    summary: "Whose cosignatures are wanted, who has cosigned which head, and its last timestamp",
    cache: "revalidate",
    params: communityParams,
    response: witnessesSchema,
    handle: ({ params }) => anchor.describeWitnesses(params.community),
  });
}

function timestampRoute(db: Db): Route {
  return defineRoute({
    method: "get",
    path: "/communities/:community/log/timestamp",
    who: "public",
    summary:
      "The last RFC 3161 timestamp (or that of the head of `size`), of the checkpoint with the log's own signature",
    cache: "revalidate",
    params: communityParams,
    query: z.object({ size: count.optional() }),
    response: FILE,
    async handle({ params: { community: communityId }, query: { size } }) {
      const stamp = await db.headTimestamp.findFirst({
        where: { communityId, ...(size === undefined ? {} : { size }) },
        orderBy: { size: "desc" },
      });
      if (!stamp) throw new DomainError("CheckpointNotFound", size === undefined ? {} : { size });
      const name = `checkpoint-${stamp.size}.tsr`;
      return { mediaType: "application/timestamp-reply", bytes: stamp.response, name };
    },
  });
}

function checkpointRoutes(db: Db): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/log/checkpoint",
      who: "public",
      summary:
        "The last anchored head (or that of `size`) as a signed checkpoint with its cosignatures: c2sp.org/tlog-checkpoint",
      cache: "revalidate",
      params: communityParams,
      query: z.object({ size: count.optional() }),
      response: FILE,
      async handle({ params: { community }, query }) {
        const { note } = await getCheckpoint(db, community, query.size);
        return { mediaType: TEXT, bytes: new TextEncoder().encode(note), name: "checkpoint" };
      },
    }),
    defineRoute({
      method: "get",
      path: "/communities/:community/records/:index/tlog-proof",
      who: "public",
      summary:
        "That a record stands in the log, in one file: path, signed checkpoint and cosignatures (c2sp.org/tlog-proof)",
      cache: "revalidate",
      params: communityParams.extend({ index: count }),
      query: z.object({ size: count.optional() }),
      response: FILE,
      async handle({ params: { community, index }, query }) {
        await getRecord(db, community, index);
        const { size, note } = await getCheckpoint(db, community, query.size);
        if (index >= size) throw new DomainError("LogSizeUnknown", { size });
        const path = await proveRecord(db, community, { index, size });
        const hashes = path.map((hash) => hexToBytes(hash));
        const file = formatProofFile({ index: BigInt(index), path: hashes, checkpoint: note });
        const bytes = new TextEncoder().encode(file);
        return { mediaType: TEXT, bytes, name: `record-${index}.tlog-proof` };
      },
    }),
  ];
}

const tileParams = communityParams.extend({
  tile: z
    .array(z.string().max(8))
    .max(10)
    .meta({
      override: { type: "string" },
      description: "<level>/<index>[.p/<width>], or entries/<index>[.p/<width>]",
    }),
});

function tileRoute(db: Db): Route {
  return defineRoute({
    method: "get",
    path: "/communities/:community/log/tile/*tile",
    who: "public",
    summary: "Hashes of the log's tree, or its entries, in tiles of 256: c2sp.org/tlog-tiles",
    cache: "immutable",
    params: tileParams,
    response: FILE,
    async handle({ params: { community, tile } }) {
      const path = `tile/${tile.join("/")}`;
      const bytes = await getTile(db, community, path);
      const name = path.replaceAll("/", "-");
      const isText = tile[0] === "entries";
      return { mediaType: "application/octet-stream", bytes, name, compress: isText };
    },
  });
}
