import type { Hex } from "viem";
import { z } from "zod";
import {
  type CommunityInfo,
  type PeriodExport,
  type RecordEntry,
  type RecordQuery,
  type RecordSource,
  SourceMissing,
  textMatches,
} from "./source.ts";

/** Where a service answers: `api` ends before `/communities`; `fetch` can be replaced. */
export type HttpOptions = { api: string; community: string; fetch?: typeof fetch };

const PAGE_SIZE = 1_000;

const hex = z.templateLiteral(["0x", z.string().regex(/^[0-9a-fA-F]*$/)]);
const address = z
  .templateLiteral(["0x", z.string().regex(/^[0-9a-fA-F]{40}$/)])
  .transform((value) => value.toLowerCase() as Hex);
const entrySchema = z
  .object({
    index: z.int().min(0),
    bytes: z.string(),
    disclosures: z.array(z.object({ path: z.string(), salt: hex, value: z.string() })).optional(),
  })
  .transform(({ index, bytes, disclosures }): RecordEntry => ({ index, text: bytes, disclosures }));
const pageSchema = z.object({ items: z.array(entrySchema), next: z.int().min(0).nullable() });
const pathSchema = z.object({ path: z.array(hex) });
const communitySchema = z.object({
  chainId: z.int(),
  registry: address,
  anchor: address,
  assembly: address,
  fund: address,
});

/** A community's published records from a service's public routes (`<api>/communities/...`). */
export class HttpRecordSource implements RecordSource {
  readonly #base: string;
  readonly #id: string;
  readonly #fetch: typeof fetch;
  readonly #lists = new Map<string, Promise<RecordEntry[]>>();

  constructor({ api, community, fetch: fetcher = globalThis.fetch }: HttpOptions) {
    this.#base = `${api.replace(/\/+$/, "")}/communities/${encodeURIComponent(community)}`;
    this.#id = community;
    this.#fetch = fetcher.bind(globalThis);
  }

  async #get(path: string): Promise<Response> {
    try {
      const response = await this.#fetch(this.#base + path);
      if (response.ok) return response;
    } catch (cause) {
      throw new SourceMissing(path, { cause });
    }
    throw new SourceMissing(path);
  }

  async #ask<Body>(schema: z.ZodType<Body>, path: string): Promise<Body> {
    const response = await this.#get(path);
    try {
      return schema.parse(await response.json());
    } catch (cause) {
      throw new SourceMissing(path, { cause });
    }
  }

  async community(): Promise<CommunityInfo> {
    return { community: this.#id, ...(await this.#ask(communitySchema, "")) };
  }

  async #list(type: string): Promise<RecordEntry[]> {
    const entries: RecordEntry[] = [];
    for (let after: number | null | undefined; after !== null;) {
      const from = after === undefined ? "" : `&after=${after}`;
      const page = await this.#ask(pageSchema, `/records?limit=${PAGE_SIZE}${type}${from}`);
      entries.push(...page.items);
      // A page that leads nowhere new would be asked for again for ever.
      after = page.items.length === 0 ? null : page.next;
    }
    return entries;
  }

  async findRecords(query: RecordQuery): Promise<RecordEntry[]> {
    const type = query.type === undefined ? "" : `&type=${query.type}`;
    const list = this.#lists.get(type) ?? this.#list(type);
    this.#lists.set(type, list);
    return (await list).filter(({ text }) => textMatches(text, query));
  }

  record(index: number): Promise<RecordEntry> {
    return this.#ask(entrySchema, `/records/${index}`);
  }

  async inclusion(index: number, size: number): Promise<Hex[]> {
    return (await this.#ask(pathSchema, `/records/${index}/proof?size=${size}`)).path;
  }

  async consistency(first: number, second: number): Promise<Hex[]> {
    return (await this.#ask(pathSchema, `/consistency?from=${first}&to=${second}`)).path;
  }

  async checkpoint(size: number): Promise<string> {
    return (await this.#get(`/log/checkpoint?size=${size}`)).text();
  }

  async exportPeriod({ number, form }: PeriodExport): Promise<Uint8Array> {
    const response = await this.#get(`/fund/exports/periods/${number}/${form}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  async exportProjects(): Promise<Uint8Array> {
    const response = await this.#get("/fund/exports/ocds");
    return new Uint8Array(await response.arrayBuffer());
  }

  async document(sha256: Hex): Promise<Uint8Array> {
    const response = await this.#get(`/documents/${sha256}`);
    return new Uint8Array(await response.arrayBuffer());
  }
}
