import { spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import net from "node:net";
import path from "node:path";
import type { Hex } from "viem";
import { eventually } from "./harness.ts";

export interface TestNode {
  url: string;
  stop(): Promise<void>;
}

/** The first account of every trial node, funded there and nowhere else. */
export const FUNDED_KEY: Hex = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

const MODULES = path.resolve(import.meta.dirname, "../../../node_modules");

export function startHardhatNode(): Promise<TestNode> {
  const script = path.join(MODULES, "hardhat/dist/src/cli.js");
  return startNode(process.execPath, [script, "node", "--port"]);
}

export function startAnvil(): Promise<TestNode> {
  return startNode(path.join(MODULES, "@foundry-rs/anvil-linux-amd64/bin/anvil"), [
    "--silent",
    "--port",
  ]);
}

/** Its package is there for the platform on which the tests are run by everybody. */
export const hasAnvil = process.platform === "linux" && process.arch === "x64";

async function startNode(file: string, args: string[]): Promise<TestNode> {
  const port = await findFreePort();
  const child = spawn(file, [...args, String(port)], {
    stdio: ["ignore", "ignore", "inherit"],
    cwd: path.dirname(MODULES),
  });
  const end = (): void => {
    child.kill("SIGKILL");
  };
  process.once("exit", end);
  const url = `http://127.0.0.1:${port}`;
  await eventually(() => ask(url, "eth_chainId").catch(() => undefined), 30);
  const stop = async (): Promise<void> => {
    process.removeListener("exit", end);
    end();
    await once(child, "close");
  };
  return { url, stop };
}

async function findFreePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

export async function ask(url: string, method: string, params: unknown[] = []): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body });
  const { result, error } = (await response.json()) as Answer;
  if (error) throw new Error(error.message);
  return result;
}

export interface Question {
  id: number;
  method: string;
  params: unknown[];
}

export interface Answer {
  result?: unknown;
  error?: { code: number; message: string };
}

/** Answers in the node's place. Undefined: no answer at all, the connection breaks. */
export type Lie = (
  question: Question,
  ask: () => Promise<Answer>,
) => Promise<Answer | undefined> | Answer | undefined;

/** Stands before a node and says what it is told to. */
export class LyingProxy {
  lie: Lie = (_question, honest) => honest();
  readonly #server: http.Server;
  readonly #target: string;

  constructor(target: string) {
    this.#target = target;
    this.#server = http.createServer((request, response) => void this.#handle(request, response));
  }

  async listen(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  async #handle(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const question = JSON.parse(body) as Question;
    const honest = async (): Promise<Answer> => {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(this.#target, { method: "POST", headers, body });
      return (await answer.json()) as Answer;
    };
    const answer = await this.lie(question, honest);
    if (!answer) return void request.socket.destroy();
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ jsonrpc: "2.0", id: question.id, ...answer }));
  }
}
