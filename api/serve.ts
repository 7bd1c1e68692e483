import path from "node:path";
import { redactionRoutes } from "./anchor/disclosure/routes.ts";
import { anchorRoutes } from "./anchor/routes.ts";
import { chainRoutes } from "./chainRoutes.ts";
import type { Settings } from "./config.ts";
import { createApp } from "./http/app.ts";
import type { AppDeps } from "./http/app.ts";
import { FsckJob } from "./fsck/schedule/job.ts";
import { integrityRoutes } from "./fsck/schedule/routes.ts";
import { listDemonstrationRoutes } from "./demonstration.ts";
import { evidenceRoutes } from "./evidence/routes.ts";
import { EventHub } from "./http/events.ts";
import { Idempotency } from "./http/idempotency.ts";
import { DEFAULT_LIMITS } from "./http/limits.ts";
import type { Limits } from "./http/limits.ts";
import { createMetrics, serveMetrics } from "./http/metrics.ts";
import type { Metrics } from "./http/metrics.ts";
import type { Route } from "./http/route.ts";
import { bind } from "./http/server.ts";
import { sessionRoutes } from "./http/sessionRoutes.ts";
import { setupRoutes } from "./registry/founding/setupRoutes.ts";
import { registryRoutes } from "./registry/routes.ts";
import type { Service } from "./service.ts";
import { statusRoutes } from "./status.ts";
import { VERSION } from "./version.ts";

/** The service, open to the world. */
export interface OpenService {
  /** Where a person opens the page. */
  url: string;
  port: number;
  /** Event streams end first, then requests under way, then the service behind. */
  close(): Promise<void>;
}

const SWEEP_MS = 3_600_000;
const PAGE_DIRECTORY = path.resolve(import.meta.dirname, "../dist/web");
const KIT_DIRECTORY = path.resolve(import.meta.dirname, "../dist/verifier");

export async function serve(
  service: Service,
  limits: Limits = DEFAULT_LIMITS,
): Promise<OpenService> {
  const { settings, log } = service;
  const server = await bind(settings).catch(async (error: unknown) => {
    await service.close();
    throw error;
  });
  const hub = new EventHub(log);
  await hub.open(service.databaseUrl);
  const metrics = createMetrics();
  const origins = originsOf(settings, server.port);
  const idempotency = new Idempotency(service);
  const demonstration = await listDemonstrationRoutes(settings, service.db);
  const fsck = new FsckJob(service);
  const surroundings = { fsck, hub, metrics, limits, origins, idempotency, demonstration };
  server.serve(createApp(describeApp(service, surroundings)));
  const closeMetrics = openMetrics(settings, metrics);
  service.assembly.start();
  service.fund.start();
  fsck.start();
  const sweep = setInterval(() => void idempotency.forgetOld().catch(() => undefined), SWEEP_MS);
  const close = async (): Promise<void> => {
    clearInterval(sweep);
    await hub.close();
    await server.close();
    closeMetrics();
    await fsck.stop();
    await service.fund.stop();
    await service.assembly.stop();
    await service.close();
  };
  return { url: origins[0], port: server.port, close };
}

type Origins = readonly [string, ...string[]];

/** The page is this very service's; both names of this machine are the same to whoever types them. */
function originsOf({ publicOrigin, host }: Settings, port: number): Origins {
  if (publicOrigin !== undefined) return [publicOrigin];
  const isLocal = ["127.0.0.1", "::1", "localhost", "0.0.0.0", "::"].includes(host);
  const local: Origins = [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
  return isLocal ? local : [`http://${host}:${port}`, ...local];
}

interface Surroundings {
  fsck: FsckJob;
  hub: EventHub;
  metrics: Metrics;
  limits: Limits;
  origins: Origins;
  idempotency: Idempotency;
  /** The demonstration's own routes, where it is loaded. */
  demonstration: readonly Route[];
}

function describeApp(service: Service, surroundings: Surroundings): AppDeps {
  const { settings, sessions, registry, keys, log } = service;
  return {
    ...surroundings,
    routes: listRoutes(service, surroundings),
    version: VERSION,
    pageDirectory: PAGE_DIRECTORY,
    proxies: settings.proxies,
    nodeOrigins: settings.nodeOrigins,
    isSecure: isSecure(surroundings.origins),
    sessions,
    directory: registry.directory,
    operatorTokenHash: keys.operatorTokenHash,
    log,
  };
}

const isSecure = ([origin]: Origins): boolean => origin.startsWith("https:");

/** The route table of the whole service. */
function listRoutes(service: Service, surroundings: Surroundings): Route[] {
  const { fsck, hub, origins, demonstration } = surroundings;
  const { sessions, registry, assembly, fund, keys } = service;
  const { operatorTokenHash } = keys;
  return [
    ...statusRoutes(service),
    ...chainRoutes(service.chain),
    ...sessionRoutes({ sessions, origins, isSecure: isSecure(origins) }),
    ...setupRoutes({ registry, operatorTokenHash, isSecure: isSecure(origins) }),
    ...registryRoutes(registry, hub),
    ...anchorRoutes(service),
    ...redactionRoutes(service),
    ...integrityRoutes(service.db, fsck),
    ...assembly.routes,
    ...fund.routes,
    ...evidenceRoutes({ ...service, kitDirectory: KIT_DIRECTORY }),
    ...demonstration,
  ];
}

function openMetrics({ metricsPort }: Settings, { registry }: Metrics): () => void {
  if (metricsPort === undefined) return () => undefined;
  const server = serveMetrics(registry, metricsPort);
  return () => void server.close();
}
