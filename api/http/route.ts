import type { Request, Response } from "express";
import * as z from "zod";
import type { Caller, PersonKey, Role } from "./authority.ts";
import type { LimitName } from "./limits.ts";

/** Who may call a route; nobody else gets in. `session`: anyone logged in; `owner`: with a key in this community. */
export type Who = "public" | "operator" | "session" | "owner" | { officer: readonly Role[] };

/** Response of a route that answers with a file instead of JSON. */
export const FILE = "file";

export interface FileAnswer {
  mediaType: string;
  bytes: Uint8Array;
  /** Shown when the file is saved; never a person's name. */
  name: string;
  /** Worth compressing, for whoever takes gzip. */
  compress?: boolean;
}

/** Response of a route that writes to the response itself: an event stream, a raw JSON-RPC answer. */
export const RAW = "raw";

export interface Upload {
  name: string;
  bytes: Buffer;
}

/** One request after everything about it was checked. */
export interface Call<P = unknown, Q = unknown, B = unknown> {
  params: P;
  query: Q;
  body: B;
  caller: Caller;
  /** Exactly for routes with `upload`. */
  file: Upload | undefined;
  /** Logs in whoever has just shown that he holds this key. */
  openSession: (person: PersonKey) => Promise<void>;
  request: Request;
  response: Response;
}

export type CachePolicy =
  | "no-store"
  /** May be kept, but must be asked about each time (ETag). */
  | "revalidate"
  /** The address determines the content. */
  | "immutable";

interface RouteTraits {
  method: "get" | "post" | "put" | "delete";
  /** Below `/api`, in Express's form: `/communities/:community/rolls`. */
  path: string;
  who: Who;
  summary: string;
  /** Default 200; 204 sends no body. */
  status?: 200 | 201 | 202 | 204;
  /** Default `no-store`. */
  cache?: CachePolicy;
  limit?: LimitName;
  /** Taken as `multipart/form-data` with one part `file`; the other parts make the body. */
  upload?: { maxBytes: number };
  /** For JSON bodies, default 100 kB. */
  maxBodyBytes?: number;
  /** Callable from pages of any origin: reads are by default where public, writes only so. */
  crossOrigin?: boolean;
}

export interface Route extends RouteTraits {
  params: z.ZodType;
  query: z.ZodType;
  body: z.ZodType | undefined;
  response: z.ZodType | typeof FILE | typeof RAW;
  handle(call: Call): Promise<unknown>;
}

type Answer<R> = R extends z.ZodType ? z.input<R> : R extends typeof FILE ? FileAnswer : void;

interface Definition<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R,
> extends RouteTraits {
  params?: P;
  query?: Q;
  body?: B;
  /** What leaves the service: fields that the schema does not name are cut off. */
  response: R;
  handle: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<Answer<R>>;
}

const NOTHING = z.object({});
type Nothing = typeof NOTHING;

/** Declares a route; the handler's types follow from its schemas. */
export function defineRoute<
  R extends z.ZodType | typeof FILE | typeof RAW,
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
>(definition: Definition<P, Q, B, R>): Route {
  const { params = NOTHING, query = NOTHING, body } = definition;
  // The mount calls the handler with what these very schemas have parsed.
  const handle = definition.handle as unknown as Route["handle"];
  return { ...definition, params, query, body, handle };
}
