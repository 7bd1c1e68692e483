import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { runQuietly } from "./child.mjs";
import { hashOfLock } from "./install.mjs";
import { Trouble, withProgress } from "./say.mjs";
import { readStamp, writeStamp } from "./stamp.mjs";

/** What is generated on this machine and not kept in the repository. */
const STEPS = {
  database: {
    what: "generating the database client",
    inputs: ["prisma", "prisma.config.ts", "scripts/generate"],
    output: "api/database/generated/client.ts",
    command: ["scripts/generate.ts", "database"],
  },
  page: {
    what: "building the page",
    inputs: ["web", "protocol", "vite.config.ts", "tsconfig.json"],
    output: "dist/web/index.html",
    command: ["node_modules/vite/bin/vite.js", "build", "--logLevel", "warn"],
  },
  verifier: {
    what: "building the verifier that lies in evidence bundles",
    inputs: ["web", "protocol", "vite.verifier.config.ts", "tsconfig.json"],
    output: "dist/verifier/verifier.html",
    command: [
      "node_modules/vite/bin/vite.js",
      ...["build", "--config", "vite.verifier.config.ts", "--logLevel", "warn"],
    ],
  },
};

export function isUpToDate(root, names) {
  return names.every((name) => {
    const { inputs, output } = STEPS[name];
    const hasOutput = fs.existsSync(path.join(root, output));
    return hasOutput && readStamp(root, name) === hashOfInputs(root, inputs);
  });
}

/** Runs the steps whose inputs changed since they last ran here. */
export async function bringUpToDate(root, node, names) {
  for (const name of names) {
    if (isUpToDate(root, [name])) continue;
    const step = STEPS[name];
    const wanted = hashOfInputs(root, step.inputs);
    const { ok, output } = await withProgress(step.what, () =>
      runQuietly(node, step.command, { cwd: root }),
    );
    if (!ok) throw failed(step.what, output);
    writeStamp(root, name, wanted);
  }
}

function failed(what, output) {
  return new Trouble(
    `${output.trim()}\nFailed: ${what}. The lines above say why.`,
    "生成步骤失败，原因见上。",
  );
}

function hashOfInputs(root, inputs) {
  const hash = createHash("sha256").update(hashOfLock(root));
  for (const file of inputs.flatMap((input) => listFiles(path.join(root, input)))) {
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(fs.readFileSync(file))
      .update("\0");
  }
  return hash.digest("hex");
}

function listFiles(place) {
  if (!fs.existsSync(place)) return [];
  if (!fs.statSync(place).isDirectory()) return [place];
  const names = fs.readdirSync(place).sort();
  return names.flatMap((name) => listFiles(path.join(place, name)));
}
