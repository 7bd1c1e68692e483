import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const ROOT = path.resolve(import.meta.dirname, "../..");
const MAIN = path.join(ROOT, "api/main.ts");

export interface ProcessSettings {
  dataDirectory: string;
  args: readonly string[];
  environment?: Readonly<Record<string, string>>;
}

/** The real service, `node api/main.ts`, as a process of its own. */
export class ServiceProcess {
  readonly #child: ChildProcess;
  /** Everything that it has printed. */
  output = "";

  constructor({ dataDirectory, args, environment }: ProcessSettings) {
    this.#child = spawn(process.execPath, [MAIN, ...args], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env["PATH"],
        HOME: process.env["HOME"],
        DATA_DIR: dataDirectory,
        PORT: "0",
        // The caller says from which address each request comes: limits are per address.
        PROXIES: "1",
        ...environment,
      },
    });
    // Whoever is ended in the middle leaves no service behind.
    const killAtExit = (): void => void this.#child.kill("SIGKILL");
    process.once("exit", killAtExit);
    this.#child.once("exit", () => process.removeListener("exit", killAtExit));
    const keep = (chunk: string): void => void (this.output += chunk);
    this.#child.stdout?.setEncoding("utf8").on("data", keep);
    this.#child.stderr?.setEncoding("utf8").on("data", keep);
  }

  get exitCode(): number | null {
    return this.#child.exitCode;
  }

  /** Waits for a text in what it prints; throws when it ends without it. */
  async waitFor(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.output);
      if (found) return found;
      if (this.#hasEnded()) throw new Error(`the service ended:\n${this.output}`);
      await delay(10);
    }
  }

  /** Its address, once it answers. */
  async ready(): Promise<string> {
    const [, port] = await this.waitFor(/http:\/\/localhost:(\d+)\s/);
    return `http://127.0.0.1:${port}`;
  }

  /** Shown at the first start only. */
  findOperatorToken(): string | undefined {
    return /仅显示一次: (\S+)/.exec(this.output)?.[1];
  }

  /** Sends a signal and waits for the end. */
  async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    if (this.#hasEnded()) return;
    const ended = once(this.#child, "exit");
    this.#child.kill(signal);
    await ended;
  }

  async wait(): Promise<number | null> {
    if (!this.#hasEnded()) await once(this.#child, "exit");
    return this.#child.exitCode;
  }

  #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }
}
