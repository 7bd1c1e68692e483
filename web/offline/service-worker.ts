// Keeps what was seen, so that it can be read again without a connection. Whenever there is one, the network is asked
// first: nothing old is shown in place of what could be had. It imports nothing, because it is a file of its own.

/** TypeScript's types for pages do not know those of a service worker. */
interface WorkEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface AskEvent extends WorkEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WordEvent extends WorkEvent {
  readonly data: unknown;
}
interface Scope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", hear: (event: WorkEvent) => void): void;
  addEventListener(type: "fetch", hear: (event: AskEvent) => void): void;
  addEventListener(type: "message", hear: (event: WordEvent) => void): void;
}

const scope = self as unknown as Scope;
const STORE = "mingzhang-1";
/** The one document, under whichever address it was asked for. */
const DOCUMENT = "/";

/** Says of an answer that it is not from now. */
const KEPT = "x-kept";

const isOwn = (url: URL): boolean => url.origin === scope.location.origin;
const isAsset = ({ pathname }: URL): boolean => pathname.startsWith("/assets/");

/** Files of the build, and what the service lets everybody read; a ballot's place may come with the vote. */
function isKept(url: URL, response: Response): boolean {
  if (!response.ok || response.type === "opaque" || url.pathname.includes("/ballots/"))
    return false;
  if (!url.pathname.startsWith("/api/")) return true;
  // The service allows other origins to read exactly what is public.
  const isPublic = response.headers.get("access-control-allow-origin") === "*";
  return isPublic && !response.headers.get("content-type")?.startsWith("text/event-stream");
}

async function keep(key: string, response: Response): Promise<void> {
  await (await caches.open(STORE)).put(key, response);
}

/** A kept answer, marked as such with the time at which the service gave it. */
async function recall(key: string): Promise<Response | undefined> {
  const found = await (await caches.open(STORE)).match(key);
  if (!found) return undefined;
  const headers = new Headers(found.headers);
  headers.set(KEPT, found.headers.get("date") ?? "");
  return new Response(found.body, { status: found.status, headers });
}

async function fromNetwork(request: Request, key: string): Promise<Response> {
  const response = await fetch(request);
  if (isKept(new URL(request.url), response)) await keep(key, response.clone());
  return response;
}

async function networkFirst(request: Request, key: string): Promise<Response> {
  try {
    return await fromNetwork(request, key);
  } catch (error) {
    const found = await recall(key);
    if (found) return found;
    throw error;
  }
}

/** A file whose name carries its hash never changes. */
async function keptFirst(request: Request): Promise<Response> {
  const found = await (await caches.open(STORE)).match(request.url);
  return found ?? fromNetwork(request, request.url);
}

function answer(request: Request): Promise<Response> | undefined {
  const url = new URL(request.url);
  if (request.method !== "GET" || !isOwn(url) || url.pathname.endsWith("/events")) return undefined;
  if (request.mode === "navigate" && !url.pathname.startsWith("/api/")) {
    return networkFirst(request, DOCUMENT);
  }
  return isAsset(url) ? keptFirst(request) : networkFirst(request, request.url);
}

/** What a page had loaded before this worker was there. */
async function keepSeen(addresses: readonly string[]): Promise<void> {
  await fromNetwork(new Request(DOCUMENT), DOCUMENT);
  for (const address of addresses) {
    const request = new Request(address);
    if (answerable(request)) await fromNetwork(request, request.url).catch(() => undefined);
  }
}

function answerable(request: Request): boolean {
  const url = new URL(request.url);
  return isOwn(url) && !url.pathname.endsWith("/events");
}

scope.addEventListener("install", (event) => event.waitUntil(scope.skipWaiting()));

scope.addEventListener("activate", (event) => {
  const clear = async (): Promise<void> => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== STORE).map((name) => caches.delete(name)));
    await scope.clients.claim();
  };
  event.waitUntil(clear());
});

scope.addEventListener("message", (event) => {
  const { data } = event;
  if (Array.isArray(data) && data.every((address) => typeof address === "string")) {
    event.waitUntil(keepSeen(data));
  }
});

scope.addEventListener("fetch", (event) => {
  const answered = answer(event.request);
  if (answered) event.respondWith(answered);
});
