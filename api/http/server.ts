import type { Express } from "express";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

export interface RunningServer {
  port: number;
  /** Lets requests under way finish; event streams must have been ended before. */
  close(): Promise<void>;
}

const GRACE_SECONDS = 10;

export async function listen(
  app: Express,
  address: { host: string; port: number },
): Promise<RunningServer> {
  const server = http.createServer(app);
  server.listen(address.port, address.host);
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

async function close(server: http.Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), GRACE_SECONDS * 1000);
  await closed;
  clearTimeout(timer);
}
