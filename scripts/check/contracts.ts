import fs from "node:fs";
import path from "node:path";
import { generateContractFiles } from "../generate/contracts.ts";
import { generateRecordFiles } from "../generate/spec/records.ts";
import { ROOT } from "./program.ts";
import type { Verdict } from "./step.ts";

interface BuildOutput {
  output: { errors?: { formattedMessage: string; sourceLocation?: { file: string } }[] };
}

interface Artifact {
  buildInfoId: string;
  sourceName: string;
}

/** The committed files agree with the contracts, which compile without a warning. */
export async function checkContractFiles(): Promise<Verdict> {
  const outdated = listOutdated(await generateContractFiles(ROOT));
  const faults = [...outdated, ...findWarnings(path.join(ROOT, "artifacts"))];
  return { ok: faults.length === 0, output: faults.join("\n") };
}

/** The annex of records says what the schemas of records say. */
export async function checkRecordFiles(): Promise<Verdict> {
  const outdated = listOutdated(generateRecordFiles());
  return { ok: outdated.length === 0, output: outdated.join("\n") };
}

function listOutdated(files: ReadonlyMap<string, string>): string[] {
  const stale = [...files].filter(([name, content]) => {
    const file = path.join(ROOT, name);
    return !fs.existsSync(file) || fs.readFileSync(file, "utf8") !== content;
  });
  return stale.map(([name]) => `${name} is out of date: run npm run generate`);
}

/** The compiler's warnings about our own files, from the build that made each file's present artifact. */
function findWarnings(artifacts: string): string[] {
  const messages = fs.globSync("contracts/**/*.json", { cwd: artifacts }).flatMap((file) => {
    const { buildInfoId, sourceName } = readJson<Artifact>(path.join(artifacts, file));
    const build = readJson<BuildOutput>(
      path.join(artifacts, `build-info/${buildInfoId}.output.json`),
    );
    return (build.output.errors ?? [])
      .filter(({ sourceLocation }) => sourceLocation?.file === `project/${sourceName}`)
      .map((error) => error.formattedMessage);
  });
  return [...new Set(messages)];
}

const readJson = <T>(file: string): T => JSON.parse(fs.readFileSync(file, "utf8")) as T;

const SUBJECTS = ["registry", "anchor", "assembly", "fund"];

/** registry → anchor → assembly → fund, for Solidity: a subject imports earlier ones only. */
export async function checkContractImports(directory: string): Promise<Verdict> {
  const faults = SUBJECTS.flatMap((subject, rank) => {
    const folder = path.join(directory, subject);
    return listSolidity(folder).flatMap((file) =>
      importsOf(file)
        .filter((imported) => SUBJECTS.indexOf(subjectOf(directory, imported)) > rank)
        .map(
          (imported) =>
            `${path.relative(directory, file)} imports ${path.relative(directory, imported)}`,
        ),
    );
  });
  return { ok: faults.length === 0, output: faults.join("\n") };
}

function listSolidity(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".sol")).map((name) => path.join(folder, name));
}

function importsOf(file: string): string[] {
  const source = fs.readFileSync(file, "utf8");
  const paths = [...source.matchAll(/^import\s[^"';]*["'](\.[^"']+)["']/gm)];
  return paths.map((match) => path.resolve(path.dirname(file), match[1] ?? ""));
}

const subjectOf = (directory: string, file: string): string =>
  path.relative(directory, file).split(path.sep)[0] ?? "";
