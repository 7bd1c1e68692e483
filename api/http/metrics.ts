import type { RequestHandler } from "express";
import http from "node:http";
import { Histogram, Registry, collectDefaultMetrics } from "prom-client";
import { routeName } from "./log.ts";

export interface Metrics {
  observe: RequestHandler;
  registry: Registry;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: "mingzhang_request_seconds",
    help: "Time to answer, by route and status",
    labelNames: ["method", "route", "status"],
    registers: [registry],
  });
  const observe: RequestHandler = (request, response, next) => {
    const stop = duration.startTimer();
    response.on("finish", () => {
      const { method } = request;
      stop({ method, route: routeName(request), status: response.statusCode });
    });
    next();
  };
  return { observe, registry };
}

/** Figures for the operator only: a port of their own that only this machine reaches. */
export function serveMetrics(registry: Registry, port: number): http.Server {
  const server = http.createServer((_request, response) => {
    registry.metrics().then(
      (text) => response.setHeader("Content-Type", registry.contentType).end(text),
      () => response.writeHead(500).end(),
    );
  });
  return server.listen(port, "127.0.0.1");
}
