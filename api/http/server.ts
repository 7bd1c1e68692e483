import type { Express } from "express";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { errorCode } from "../database/failure.ts";

/** A port that is taken, with nobody answering on it yet. */
export interface BoundServer {
  port: number;
  serve(app: Express): void;
  /** Lets requests under way finish; event streams must have been ended before. */
  close(): Promise<void>;
}

const FIRST_PORT = 8080;
const LAST_PORT = 8099;
const GRACE_SECONDS = 10;

/** Nobody but the one who set it can say what to do about a port that is in use. */
export class PortTaken extends Error {
  override readonly name = "PortTaken";
}

/** Takes the port given, or the first free one from 8080 on. */
export async function bind(address: {
  host: string;
  port: number | undefined;
}): Promise<BoundServer> {
  const { host, port } = address;
  if (port !== undefined) return listen(host, port);
  for (let candidate = FIRST_PORT; candidate < LAST_PORT; candidate++) {
    try {
      return await listen(host, candidate);
    } catch (error) {
      if (!(error instanceof PortTaken)) throw error;
    }
  }
  return listen(host, LAST_PORT);
}

async function listen(host: string, port: number): Promise<BoundServer> {
  // Whoever calls before the routes stand waits for them.
  let open: (app: Express) => void;
  const ready = new Promise<Express>((resolve) => (open = resolve));
  const server = http.createServer((request, response) => {
    void ready.then((app) => void app(request, response));
  });
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (cause) {
    if (errorCode(cause) !== "EADDRINUSE") throw cause;
    throw new PortTaken(`Port ${port} is in use: set PORT to another one.`, { cause });
  }
  return {
    port: (server.address() as AddressInfo).port,
    serve: (app) => open(app),
    close: () => close(server),
  };
}

async function close(server: http.Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), GRACE_SECONDS * 1000);
  await closed;
  clearTimeout(timer);
}
