import { execFile } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { placesOf, renderLayouts, type StorageLayout } from "./layout.ts";
import { renderRuntimes, type RuntimeArtifact, runtimeOf } from "./runtime.ts";
import { renderContractsAnnex, renderContractsData } from "./spec/contracts.ts";
import { generateVerifierFiles, hashVerifiers } from "./verifiers.ts";

/** The contracts that the service deploys or talks to, with the folder of their subject. */
const CONTRACTS = {
  Registry: "registry",
  Anchor: "anchor",
  Assembly: "assembly",
  Fund: "fund",
} as const;

interface Artifact extends RuntimeArtifact {
  sourceName: string;
  inputSourceName: string;
  buildInfoId: string;
  abi: readonly object[];
  bytecode: string;
  linkReferences: object;
}

const PYTHON_ANNEX = "verifiers/python/mingzhang_verify/annex";
const requireFromHere = createRequire(import.meta.url);
const NOTICE = "// Generated from the contracts by `npm run generate`; `npm run check` compares.\n";

/** Compiles the contracts. Returns the content of every generated file by its path. */
export async function generateContractFiles(root: string): Promise<Map<string, string>> {
  await compile(root);
  const artifacts = readArtifacts(root);
  const files = artifacts.map((artifact): [string, string] => [
    `protocol/abi/${artifact.contractName.toLowerCase()}.ts`,
    renderAbi(artifact),
  ]);
  if (artifacts.length > 0) {
    files.push(["protocol/abi/runtime.ts", `${NOTICE}\n${renderRuntimes(artifacts)}`]);
    const layouts = artifacts.map((artifact) => readLayout(root, artifact));
    files.push(["protocol/abi/layout.ts", `${NOTICE}\n${renderLayouts(layouts)}`]);
    files.push(["api/chain/bytecode.ts", renderBytecode(artifacts)]);
    files.push(...generateVerifierFiles(root));
    files.push(...generateAnnex(root, artifacts, layouts));
  }
  return new Map(files);
}

/** The annex of the specification, for people and for programs. */
function generateAnnex(
  root: string,
  artifacts: readonly Artifact[],
  layouts: readonly (readonly [string, StorageLayout])[],
): [string, string][] {
  const contracts = artifacts.map((artifact, i) => ({
    name: artifact.contractName,
    abi: artifact.abi,
    code: runtimeOf(artifact),
    layout: placesOf(layouts[i]![1]),
  }));
  const verifiers = hashVerifiers(root);
  return [
    ["docs/spec/contracts.md", renderContractsAnnex(contracts, verifiers)],
    [`${PYTHON_ANNEX}/contracts.json`, renderContractsData(contracts, verifiers)],
  ];
}

/** A minute and more where nothing was compiled before: what runs meanwhile must not wait for it. */
async function compile(root: string): Promise<void> {
  const entry = path.join(
    path.dirname(requireFromHere.resolve("hardhat/package.json")),
    "dist/src/cli.js",
  );
  await promisify(execFile)(process.execPath, [entry, "build"], { cwd: root }).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => {
      throw new Error(`The contracts do not compile:\n${stdout}${stderr}`);
    },
  );
}

function readArtifacts(root: string): Artifact[] {
  return Object.entries(CONTRACTS).flatMap(([name, subject]) => {
    const source = `contracts/${subject}/${name}.sol`;
    if (!fs.existsSync(path.join(root, source))) return [];
    const file = path.join(root, "artifacts", source, `${name}.json`);
    if (!fs.existsSync(file)) throw new Error(`${source} does not hold a contract ${name}.`);
    const artifact = JSON.parse(fs.readFileSync(file, "utf8")) as Artifact;
    if (Object.keys(artifact.linkReferences).length > 0) {
      throw new Error(`${source} needs a library to be linked, which the deployment does not do.`);
    }
    return [artifact];
  });
}

interface BuildOutput {
  output: { contracts: Record<string, Record<string, { storageLayout: StorageLayout }>> };
}

function readLayout(root: string, artifact: Artifact): readonly [string, StorageLayout] {
  const { contractName, inputSourceName, buildInfoId } = artifact;
  const file = path.join(root, "artifacts/build-info", `${buildInfoId}.output.json`);
  const { output } = JSON.parse(fs.readFileSync(file, "utf8")) as BuildOutput;
  const layout = output.contracts[inputSourceName]?.[contractName]?.storageLayout;
  if (!layout) throw new Error(`The compiler said nothing of the storage of ${contractName}.`);
  return [contractName, layout];
}

function renderAbi({ contractName, sourceName, abi }: Artifact): string {
  const name = `${contractName.toLowerCase()}Abi`;
  const doc = `/** The interface of \`${sourceName}\`: functions, events and errors. */\n`;
  return `${NOTICE}\n${doc}export const ${name} = ${JSON.stringify(abi, null, 2)} as const;\n`;
}

/** The code to deploy: kept, so that the service starts without a compiler. */
function renderBytecode(artifacts: readonly Artifact[]): string {
  const constants = artifacts.map(
    ({ contractName, bytecode }) =>
      `export const ${contractName.toLowerCase()}Bytecode =\n  "${bytecode}" as const;\n`,
  );
  return [NOTICE, ...constants].join("\n");
}
