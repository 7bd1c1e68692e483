import { expect } from "chai";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const BOOTSTRAP = path.resolve(import.meta.dirname, "../../../scripts/bootstrap");

interface Outcome {
  code: number | null;
  output: string;
}

/** Runs a few lines against the bootstrap's modules in a process of its own, as the bootstrap runs. */
function start(script: string, env: NodeJS.ProcessEnv = {}): ChildProcess {
  const args = ["--input-type=module", "--eval", script];
  const stdio = ["ignore", "pipe", "pipe"] as const;
  return spawn(process.execPath, args, {
    cwd: BOOTSTRAP,
    env: { ...process.env, ...env },
    stdio: [...stdio],
  });
}

async function run(script: string, env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const child = start(script, env);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  }
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output };
}

function write(root: string, name: string, content: string | object): void {
  const file = path.join(root, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
}

describe("the bootstrap", () => {
  let root: string;
  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-bootstrap-"));
  });
  afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

  describe("withLock", () => {
    const working = (log: string, milliseconds: number): string => `
      import fs from "node:fs";
      import { withLock } from "./lock.mjs";
      await withLock(${JSON.stringify(root)}, async () => {
        fs.appendFileSync(${JSON.stringify(log)}, "in ");
        await new Promise((resolve) => setTimeout(resolve, ${milliseconds}));
        fs.appendFileSync(${JSON.stringify(log)}, "out ");
      });`;

    it("lets several starts in one after another", async () => {
      const log = path.join(root, "log");
      const outcomes = await Promise.all([1, 2, 3, 4].map(() => run(working(log, 50))));
      expect(outcomes.map(({ code }) => code)).to.deep.equal([0, 0, 0, 0]);
      expect(fs.readFileSync(log, "utf8")).to.equal("in out ".repeat(4));
    });

    it("does not wait for a start that was killed", async () => {
      const log = path.join(root, "log");
      const killed = start(working(log, 60_000));
      while (!fs.existsSync(log)) await new Promise((resolve) => setTimeout(resolve, 20));
      killed.kill("SIGKILL");
      await once(killed, "close");
      const startedAt = Date.now();
      expect((await run(working(log, 0))).code).to.equal(0);
      expect(Date.now() - startedAt).to.be.lessThan(5000);
    });
  });

  describe("ensureInstalled", () => {
    const packages = {
      "": { name: "x" },
      "node_modules/a": { version: "1.0.0" },
      "node_modules/native": {
        version: "2.0.0",
        optional: true,
        os: [process.platform],
        cpu: [process.arch],
      },
      "node_modules/elsewhere": { version: "2.0.0", optional: true, os: ["aix"] },
      "node_modules/of-elsewhere": { version: "1.0.0", optional: true },
    };
    const install = (): Promise<Outcome> =>
      run(
        `import { ensureInstalled } from "./install.mjs";
         await ensureInstalled(${JSON.stringify(root)}, process.execPath);`,
        { npm_config_registry: "http://127.0.0.1:9", npm_config_fetch_retries: "0" },
      );
    const put = (...names: (keyof typeof packages)[]): void => {
      for (const name of names) write(root, `${name}/package.json`, {});
      const installed = Object.fromEntries(names.map((name) => [name, packages[name]]));
      write(root, "node_modules/.package-lock.json", { packages: installed });
    };
    beforeEach(() => {
      write(root, "package.json", { name: "x", dependencies: { a: "1.0.0" } });
      write(root, "package-lock.json", { name: "x", lockfileVersion: 3, packages });
    });

    it("takes over what somebody else has installed completely, and remembers it", async () => {
      put("node_modules/a", "node_modules/native");
      expect(await install()).to.deep.equal({ code: 0, output: "" });
      expect(fs.existsSync(path.join(root, "node_modules/.mingzhang/install"))).to.equal(true);
    });

    it("misses the package for this platform that an older Node left out", async () => {
      put("node_modules/a");
      const { code, output } = await install();
      expect(code).to.equal(1);
      expect(output)
        .to.match(/npm registry can be reached/)
        .and.match(/依赖安装失败/);
    });

    it("misses a package of another version", async () => {
      put("node_modules/a", "node_modules/native");
      const changed = { ...packages, "node_modules/a": { version: "1.0.1" } };
      write(root, "package-lock.json", { name: "x", lockfileVersion: 3, packages: changed });
      expect((await install()).code).to.equal(1);
    });
  });

  describe("findNode24", () => {
    const find = (env: NodeJS.ProcessEnv): Promise<Outcome> =>
      run(
        `import { findNode24 } from "./node24.mjs";
         try { process.stdout.write(await findNode24("20.20.2")); }
         catch (error) { process.stdout.write(error.message + error.chinese); process.exitCode = 1; }`,
        {
          HOME: root,
          XDG_CACHE_HOME: root,
          NVM_DIR: path.join(root, "nvm"),
          PATH: "/nonexistent",
          ...env,
        },
      );

    it("finds the one brought earlier, without the network", async () => {
      const program = `mingzhang/node-24-${process.platform}-${process.arch}/node_modules/node-${process.platform}-${process.arch}/bin/node`;
      write(root, program, "");
      fs.rmSync(path.join(root, program));
      fs.symlinkSync(process.execPath, path.join(root, program));
      expect(await find({})).to.deep.equal({ code: 0, output: path.join(root, program) });
    });

    it("finds one of nvm", async () => {
      fs.mkdirSync(path.join(root, "nvm/versions/node/v24.0.0/bin"), { recursive: true });
      const program = path.join(root, "nvm/versions/node/v24.0.0/bin/node");
      fs.symlinkSync(process.execPath, program);
      expect(await find({})).to.deep.equal({ code: 0, output: program });
    });

    it("tells the cure in both languages when the registry cannot be reached", async () => {
      const offline = { npm_config_registry: "http://127.0.0.1:9", npm_config_fetch_retries: "0" };
      const { code, output } = await find(offline);
      expect(code).to.equal(1);
      expect(output)
        .to.match(/nodejs\.org/)
        .and.match(/镜像/);
    });
  });

  describe("bringUpToDate", () => {
    const build = (): Promise<Outcome> =>
      run(
        `import { bringUpToDate } from "./build.mjs";
         await bringUpToDate(${JSON.stringify(root)}, process.execPath, ["database"]);`,
      );
    const runs = (): number => fs.readFileSync(path.join(root, "runs"), "utf8").length;
    beforeEach(() => {
      write(root, "package-lock.json", {});
      write(root, "prisma/schema.prisma", "one");
      write(
        root,
        "scripts/generate.ts",
        `import fs from "node:fs";
         fs.appendFileSync("runs", "x");
         fs.mkdirSync("api/database/generated", { recursive: true });
         fs.writeFileSync("api/database/generated/client.ts", "");`,
      );
    });

    it("generates once, again when an input changes, and again when the result is gone", async () => {
      await build();
      await build();
      expect(runs()).to.equal(1);
      write(root, "prisma/schema.prisma", "two");
      await build();
      expect(runs()).to.equal(2);
      fs.rmSync(path.join(root, "api"), { recursive: true });
      await build();
      expect(runs()).to.equal(3);
    });

    it("says why a step failed and tries it again at the next start", async () => {
      write(root, "scripts/generate.ts", 'throw new Error("no space left");');
      const { code, output } = await build();
      expect(code).to.equal(1);
      expect(output).to.match(/no space left/);
      expect((await build()).code).to.equal(1);
    });
  });
});
