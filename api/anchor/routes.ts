import * as z from "zod";
import type { Db } from "../database/client.ts";
import { DomainError } from "../http/errors.ts";
import { communityParams, count, hex, hexOut, instant } from "../http/fields.ts";
import { FILE, defineRoute } from "../http/route.ts";
import type { Route } from "../http/route.ts";
import { logRoutes } from "./logRoutes.ts";
import { listHeads } from "./log/heads.ts";
import { proveGrowth, proveRecord, rootAt } from "./log/proofs.ts";
import { findLogSize, getDisclosedRecord, getRecord, listRecords } from "./log/records.ts";
import type { Anchor } from "./service.ts";

const recordSchema = z
  .object({
    index: z.int(),
    leaf: hexOut,
    bytes: z.string().meta({ description: "the canonical text whose hash the leaf is" }),
    at: instant,
    disclosures: z
      .array(z.object({ path: z.string(), salt: hexOut, value: z.string() }))
      .meta({ description: "what stands behind sealed fields, as long as it is not redacted" }),
  })
  .meta({ id: "Record" });

const headSchema = z
  .object({
    size: z.int(),
    root: hexOut,
    transactionHash: hexOut,
    blockNumber: z.int(),
    anchoredAt: instant,
    checkpoint: z.string().nullable().meta({
      description: "the head as the log has signed it (c2sp.org/tlog-checkpoint)",
    }),
  })
  .meta({ id: "Head" });

const limit = z.coerce.number().int().min(1).max(1000).default(100);

export function anchorRoutes(deps: { db: Db; anchor: Anchor }): Route[] {
  const { db, anchor } = deps;
  return [
    ...readRoutes(db),
    ...inclusionRoute(db),
    ...headListRoute(db),
    ...consistencyRoute(db),
    documentRoute(anchor),
    ...logRoutes(db, anchor),
  ];
}

const recordParams = communityParams.extend({ index: count });

function readRoutes(db: Db): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/records",
      who: "public",
      summary: "The log, oldest first; `next` is the `after` of the next page",
      cache: "revalidate",
      params: communityParams,
      query: z.object({ after: count.optional(), limit, type: z.string().max(40).optional() }),
      response: z.object({
        size: z.int(),
        items: z.array(recordSchema),
        next: z.int().nullable(),
      }),
      async handle({ params, query }) {
        const size = await getLogSize(db, params.community);
        const { items, next } = await listRecords(db, params.community, query);
        return { size, items, next };
      },
    }),
    defineRoute({
      method: "get",
      path: "/communities/:community/records/:index",
      who: "public",
      summary: "One record",
      // The record never changes, but what it discloses can be redacted.
      cache: "revalidate",
      params: recordParams,
      response: recordSchema,
      handle: ({ params }) => getDisclosedRecord(db, params.community, params.index),
    }),
  ];
}

function inclusionRoute(db: Db): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/records/:index/proof",
      who: "public",
      summary: "RFC 6962 inclusion proof in the log of `size` records (default: all)",
      cache: "revalidate",
      params: recordParams,
      query: z.object({ size: count.optional() }),
      response: z.object({
        index: z.int(),
        size: z.int(),
        leaf: hexOut,
        root: hexOut,
        path: z.array(hexOut),
      }),
      async handle({ params: { community, index }, query }) {
        const { leaf } = await getRecord(db, community, index);
        const size = await getSizeWithin(db, community, query.size);
        if (index >= size) throw new DomainError("LogSizeUnknown", { size });
        const path = await proveRecord(db, community, { index, size });
        return { index, size, leaf, root: await rootAt(db, community, size), path };
      },
    }),
  ];
}

function headListRoute(db: Db): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/heads",
      who: "public",
      summary: "Heads on chain, newest first; `next` is the `before` of the next page",
      cache: "revalidate",
      params: communityParams,
      query: z.object({ before: count.optional(), limit }),
      response: z.object({ items: z.array(headSchema), next: z.int().nullable() }),
      async handle({ params, query }) {
        await getLogSize(db, params.community);
        const { before } = query;
        const heads = await listHeads(db, params.community, { before, limit: query.limit });
        const items = heads.map((head) => ({
          ...head,
          blockNumber: Number(head.blockNumber),
          anchoredAt: head.anchoredAt.toISOString(),
        }));
        const next = heads.length === query.limit ? heads.at(-1)!.size : null;
        return { items, next };
      },
    }),
  ];
}

function consistencyRoute(db: Db): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/communities/:community/consistency",
      who: "public",
      summary: "RFC 6962 consistency proof: the log of `to` records continues that of `from`",
      cache: "revalidate",
      params: communityParams,
      query: z.object({ from: count, to: count.optional() }),
      response: z.object({
        from: z.int(),
        to: z.int(),
        roots: z.object({ from: hexOut, to: hexOut }),
        path: z.array(hexOut),
      }),
      async handle({ params: { community }, query: { from, to: wanted } }) {
        const to = await getSizeWithin(db, community, wanted);
        if (from < 1 || from > to) throw new DomainError("LogSizeUnknown", { size: from });
        const path = await proveGrowth(db, community, { from, to });
        const roots = {
          from: await rootAt(db, community, from),
          to: await rootAt(db, community, to),
        };
        return { from, to, roots, path };
      },
    }),
  ];
}

function documentRoute(anchor: Anchor): Route {
  return defineRoute({
    method: "get",
    path: "/communities/:community/documents/:sha256",
    who: "public",
    summary: "A published document's bytes",
    cache: "immutable",
    params: communityParams.extend({ sha256: hex(32) }),
    response: FILE,
    async handle({ params: { community, sha256 } }) {
      const document = await anchor.getDocument(community, sha256);
      if (document.confidential) throw new DomainError("DocumentNotFound", { sha256 });
      return document;
    },
  });
}

async function getLogSize(db: Db, communityId: string): Promise<number> {
  const size = await findLogSize(db, communityId);
  if (size === undefined) throw new DomainError("CommunityNotFound");
  return size;
}

async function getSizeWithin(db: Db, communityId: string, wanted?: number): Promise<number> {
  const size = await getLogSize(db, communityId);
  if (wanted !== undefined && (wanted < 1 || wanted > size)) {
    throw new DomainError("LogSizeUnknown", { size: wanted });
  }
  return wanted ?? size;
}
