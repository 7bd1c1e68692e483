import express from "express";
import type { Express } from "express";
import type { Logger } from "pino";
import { DomainError } from "./errors.ts";
import { requestLog } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { mountRoutes } from "./mount.ts";
import type { MountDeps } from "./mount.ts";
import { describeRoutes } from "./openapi.ts";
import { pageFiles } from "./page.ts";
import { problemHandler } from "./problem.ts";
import type { Route } from "./route.ts";
import { securityHeaders } from "./security.ts";
import type { SecuritySettings } from "./security.ts";

export interface AppDeps extends MountDeps, SecuritySettings {
  routes: readonly Route[];
  version: string;
  /** Where the built page lies. */
  pageDirectory: string;
  /** Express's `trust proxy`: how many proxies of the operator's stand in front. */
  proxies: number;
  log: Logger;
  metrics: Metrics;
}

export function createApp(deps: AppDeps): Express {
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", deps.proxies);
  app.set("query parser", "simple");
  app.use(requestLog(deps.log), deps.metrics.observe, securityHeaders(deps));
  const openapi = describeRoutes(deps.routes, deps.version);
  app.get("/api/openapi.json", (_request, response) => {
    response.set({ "Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*" }).json(openapi);
  });
  app.use("/api", mountRoutes(deps.routes, deps));
  app.use("/api", () => {
    throw new DomainError("RouteNotFound");
  });
  app.use(pageFiles(deps.pageDirectory));
  app.use(() => {
    throw new DomainError("RouteNotFound");
  });
  app.use(problemHandler(deps.log));
  return app;
}
