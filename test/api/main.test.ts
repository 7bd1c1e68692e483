import { expect } from "chai";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { findPostmaster } from "../../api/database/postmaster.ts";

const MAIN = path.resolve(import.meta.dirname, "../../api/main.ts");

/** The service as `npm start` runs it, on a data directory and an embedded database of its own. */
class Program {
  readonly child: ChildProcess;
  output = "";

  constructor(directory: string, environment: Record<string, string> = {}) {
    const env = { PATH: process.env["PATH"], DATA_DIR: directory, PORT: "0", ...environment };
    this.child = spawn(process.execPath, [MAIN, "--empty"], { env });
    this.child.stdout!.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
    this.child.stderr!.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
  }

  async url(): Promise<string> {
    for (;;) {
      const url = /http:\/\/localhost:\d+/.exec(this.output)?.[0];
      if (url) return url;
      if (this.child.exitCode !== null) throw new Error(this.output);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async exitCode(): Promise<number | null> {
    if (this.child.exitCode === null) await once(this.child, "exit");
    return this.child.exitCode;
  }

  async end(): Promise<void> {
    if (this.child.exitCode === null && this.child.kill("SIGTERM")) await once(this.child, "exit");
  }
}

describe("the program", function () {
  this.timeout(60_000);
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-main-"));
  const postgres = path.join(directory, "postgres");
  const started: Program[] = [];
  const start = (environment: Record<string, string> = {}): Program => {
    const program = new Program(directory, environment);
    started.push(program);
    return program;
  };
  // Also after a failure: a program that goes on would keep the whole run waiting.
  afterEach(() => Promise.all(started.splice(0).map((program) => program.end())));
  after(() => fs.rmSync(directory, { recursive: true, force: true }));

  it("starts on nothing, says where it is and what to do next, and ends in good order", async () => {
    const program = start();
    const url = await program.url();
    const status = (await (await fetch(`${url}/api/status`)).json()) as { demonstration: boolean };
    expect(status.demonstration).to.equal(false);
    expect(program.output).to.contain("Operator token").and.to.contain("运营令牌");
    expect(program.output).to.match(/http:\S+\/setup#code=[0-9A-Z-]{14}$/m);
    program.child.kill("SIGTERM");
    expect(await program.exitCode()).to.equal(0);
    expect(findPostmaster(postgres)).to.equal(undefined);
  });

  it("shows the operator token at the first start only", async () => {
    const program = start();
    await program.url();
    program.child.kill("SIGINT");
    expect(await program.exitCode()).to.equal(0);
    expect(program.output).not.to.contain("token, shown");
    // As long as no community stands, whoever starts the service may set one up.
    expect(program.output).to.contain("/setup#code=");
  });

  it("refuses a wrong setting, by name", async () => {
    const program = start({ PORT: "eighty" });
    expect(await program.exitCode()).to.equal(1);
    expect(program.output).to.contain("PORT").and.to.contain("明账未能启动");
    expect(program.output).not.to.contain("    at ");
  });

  it("refuses a port in use and leaves no database running", async () => {
    const server = net.createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const program = start({ PORT: String(port) });
    expect(await program.exitCode()).to.equal(1);
    server.close();
    expect(program.output).to.contain(String(port));
    expect(findPostmaster(postgres)).to.equal(undefined);
  });

  it("refuses a database that was written with another identity key", async () => {
    const file = path.join(directory, "keys", "identity");
    const key = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, `0x${"77".repeat(32)}\n`);
    const program = start();
    expect(await program.exitCode()).to.equal(1);
    expect(program.output).to.contain("keys/identity").and.not.to.contain(key.trim());
    fs.writeFileSync(file, key);
  });
});
