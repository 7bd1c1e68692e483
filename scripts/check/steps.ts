import fs from "node:fs";
import path from "node:path";
import { findSchemaDrift } from "../generate/migration.ts";
import { checkContractFiles, checkContractImports, checkRecordFiles } from "./contracts.ts";
import { checkPage, checkVerifier } from "./page.ts";
import { ROOT, runProgram, runTool } from "./program.ts";
import { inTurn } from "./step.ts";
import type { Step, Verdict } from "./step.ts";

const LAYERS = ["protocol", "api", "web", "scripts"];

/** The steps of the gate, the longest first so that two lanes end together. */
export function listSteps(): Step[] {
  return [
    { name: "lint", run: () => runTool("eslint", [".", "--max-warnings", "0"]) },
    { name: "types", run: () => runTool("typescript", ["--noEmit", "-p", "tsconfig.json"]) },
    { name: "generated from the contracts, no compiler warning", run: inTurn(checkContractFiles) },
    { name: "generated from the records", run: checkRecordFiles },
    { name: "format", run: () => runTool("prettier", ["--check", "."]) },
    { name: "migrations agree with the schema", run: checkMigrations },
    { name: "imports", run: checkImports },
    {
      name: "imports of the contracts",
      run: () => checkContractImports(path.join(ROOT, "contracts")),
    },
    { name: "lint of the contracts", run: checkSolidityLint },
    {
      name: "unused code",
      run: () => runTool("knip", ["--no-progress"]),
    },
    { name: "size of the page", run: checkPage },
    { name: "size of the verifier", run: checkVerifier },
    { name: "gas of the contracts", run: inTurn(checkGas) },
  ];
}

function checkImports(): Promise<Verdict> {
  const folders = LAYERS.filter((folder) => fs.existsSync(path.join(ROOT, folder)));
  return runTool("dependency-cruiser", ["--config", ".dependency-cruiser.cjs", ...folders]);
}

function checkSolidityLint(): Promise<Verdict> {
  const flags = ["--disc", "--noPoster", "--max-warnings", "0"];
  return runTool("solhint", [...flags, "contracts/**/*.sol"]);
}

async function checkMigrations(): Promise<Verdict> {
  const drift = await findSchemaDrift();
  const hint =
    "The schema asks for more than the migrations do: npm run generate -- migration <name>";
  return { ok: drift === "", output: `${hint}\n${drift}` };
}

/** Gas is exact: what ballots, rolls and heads cost must be the committed figures. */
function checkGas(): Promise<Verdict> {
  return runProgram(path.join(ROOT, "scripts/bench/gas.ts"), ["--check"]);
}
