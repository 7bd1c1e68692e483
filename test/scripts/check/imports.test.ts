import { expect } from "chai";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { checkContractImports } from "../../../scripts/check/contracts.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");

interface Violation {
  from: string;
  rule: { name: string };
}

/** Cruises a small tree of files under the rules of the project. Returns `file: rule` for each violation. */
function findViolations(files: Record<string, string>): string[] {
  const tree = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-imports-"));
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(tree, name)), { recursive: true });
    fs.writeFileSync(path.join(tree, name), content);
  }
  for (const name of [".dependency-cruiser.cjs", "tsconfig.json", "package.json"]) {
    fs.copyFileSync(path.join(ROOT, name), path.join(tree, name));
  }
  fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(tree, "node_modules"));
  const folders = [...new Set(Object.keys(files).map((name) => name.split("/")[0] ?? ""))];
  const program = path.join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const args = ["--config", ".dependency-cruiser.cjs", "--output-type", "json", ...folders];
  const { stdout } = spawnSync(process.execPath, [program, ...args], {
    cwd: tree,
    encoding: "utf8",
  });
  fs.rmSync(tree, { recursive: true });
  const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } };
  return [...new Set(summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`))].sort();
}

const EMPTY = "export const here = 1;\n";
const FILES = {
  "protocol/registry/roll.ts": EMPTY,
  "protocol/anchor/log.ts": EMPTY,
  "protocol/assembly/count.ts": EMPTY,
  "api/registry/service.ts": EMPTY,
  "api/registry/store.ts": EMPTY,
  "api/anchor/service.ts": EMPTY,
  "api/assembly/service.ts": EMPTY,
  "web/registry/roll-page.tsx": EMPTY,
  "scripts/bench.ts": EMPTY,
};

const PLANTED: [fault: string, file: string, content: string, rule: string][] = [
  [
    "protocol uses the service",
    "protocol/bad.ts",
    'import "../api/registry/service.ts";',
    "protocol-imports",
  ],
  ["protocol uses Node", "protocol/bad.ts", 'import "node:fs";', "no-node-in-browser"],
  [
    "the page uses the service",
    "web/bad.ts",
    'import "../api/registry/service.ts";',
    "web-imports",
  ],
  [
    "the page uses only a type of the service",
    "web/bad.ts",
    'import type { here } from "../api/registry/service.ts"; export type H = typeof here;',
    "web-imports",
  ],
  ["the page uses Node", "web/bad.ts", 'import "node:path";', "no-node-in-browser"],
  [
    "the service uses the page",
    "api/bad.ts",
    'import "../web/registry/roll-page.tsx";',
    "api-imports",
  ],
  ["the service uses a script", "api/bad.ts", 'import "../scripts/bench.ts";', "api-imports"],
  [
    "a script uses the page",
    "scripts/bad.ts",
    'import "../web/registry/roll-page.tsx";',
    "scripts-imports",
  ],
  [
    "registry uses anchor",
    "protocol/registry/bad.ts",
    'import "../anchor/log.ts";',
    "registry-uses-later-subject",
  ],
  [
    "anchor uses assembly",
    "api/anchor/bad.ts",
    'import "../assembly/service.ts";',
    "anchor-uses-later-subject",
  ],
  [
    "a subject reaches behind a service",
    "api/assembly/bad.ts",
    'import "../registry/store.ts";',
    "api-subject-behind-service",
  ],
  ["the service uses ethers", "api/bad.ts", 'import "ethers";', "no-ethers"],
  ["the page uses a development library", "web/bad.ts", 'import "chai";', "no-development-library"],
  ["a file that does not exist", "api/bad.ts", 'import "./nowhere.ts";', "no-unresolvable"],
];

describe("the import rules", function () {
  this.timeout(120_000);

  it("let what the table of ARCHITECTURE.md allows pass", () => {
    const allowed = {
      "api/assembly/ballots.ts":
        'import "../registry/service.ts";\nimport "../../protocol/assembly/count.ts";\nimport "node:fs";\nimport "viem";\n',
      "web/assembly/page.tsx": 'import "../../protocol/assembly/count.ts";\nimport "react";\n',
      "protocol/assembly/sheet.ts": 'import "../registry/roll.ts";\nimport "viem";\n',
      "scripts/commands/verify.ts": 'import "../../api/registry/service.ts";\nimport "node:fs";\n',
    };
    expect(findViolations({ ...FILES, ...allowed })).to.deep.equal([]);
  });

  it("find a cycle", () => {
    const cycle = {
      "api/one.ts": 'import { two } from "./two.ts";\nexport const one = () => two;\n',
      "api/two.ts": 'import { one } from "./one.ts";\nexport const two = () => one;\n',
    };
    expect(findViolations({ ...FILES, ...cycle })).to.deep.equal(["api/one.ts: no-cycles"]);
  });

  // Each planted fault gets a file of its own, so that one run of the tool finds them all.
  const planted = PLANTED.map(([fault, file, content, rule], index) => {
    const name = file.replace("bad", `bad${index}`);
    return { fault, name, content: `${content}\n`, expected: `${name}: ${rule}` };
  });
  let found: string[] = [];
  before(() => {
    const files = Object.fromEntries(planted.map(({ name, content }) => [name, content]));
    found = findViolations({ ...FILES, ...files });
  });
  for (const { fault, expected } of planted) {
    it(`find: ${fault}`, () => expect(found).to.include(expected));
  }
  it("find nothing else", () => {
    const expected = planted.map((plant) => plant.expected).sort();
    expect(found).to.deep.equal(expected);
  });
});

describe("the import rule of the contracts", () => {
  it("finds a contract that uses a later subject, and only that", async () => {
    const contracts = fs.mkdtempSync(path.join(os.tmpdir(), "mingzhang-contracts-"));
    const files = {
      "registry/Registry.sol": 'import {Log} from "../anchor/Anchor.sol";\n',
      "anchor/Anchor.sol":
        'import "../registry/Registry.sol";\nimport "@openzeppelin/contracts/a.sol";\n',
    };
    for (const [name, content] of Object.entries(files)) {
      fs.mkdirSync(path.join(contracts, path.dirname(name)));
      fs.writeFileSync(path.join(contracts, name), content);
    }
    const verdict = await checkContractImports(contracts);
    expect(verdict).to.deep.equal({
      ok: false,
      output: "registry/Registry.sol imports anchor/Anchor.sol",
    });
    fs.rmSync(contracts, { recursive: true });
  });
});
