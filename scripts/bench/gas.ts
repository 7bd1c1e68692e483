import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { measureAnchor } from "./anchorGas.ts";
import { ballotScenarios, measureBallot } from "./ballotGas.ts";
import { measureFund } from "./fundGas.ts";
import { measureGovernor } from "./governor.ts";

const SNAPSHOT = path.resolve(import.meta.dirname, "../../snapshots/gas.json");

/** Gas by what it is spent on; exact, and the same on every machine. */
export type GasTable = Record<string, number>;

/** Measures every row: ballots sealed and counted, rolls, heads, payments, and the peer. */
export async function measureGas(): Promise<GasTable> {
  const table: GasTable = {};
  for (const scenario of ballotScenarios) {
    const { perBallot, perOwner } = await measureBallot(scenario);
    table[`ballot, sealed and counted: ${scenario.name}`] = perBallot;
    if (scenario.batch === 250) table[`roll and key, per owner: ${scenario.name}`] = perOwner;
  }
  const [, later, largest] = await measureAnchor([1_000, 1_100, 4_999]);
  table["head with consistency proof: 1,000 to 1,100 records"] = later as number;
  table["head with consistency proof: 1,100 to 4,999 records"] = largest as number;
  table["payment from a fund: two of three approvals, checks and record included"] =
    await measureFund();
  const governor = await measureGovernor();
  table["OpenZeppelin Governor: castVote"] = governor.castVote;
  table["OpenZeppelin Governor: castVoteBySig"] = governor.castVoteBySig;
  return table;
}

/** The table as text; for each ballot, how many times its gas a signed vote takes in the Governor. */
export function printGas(table: GasTable): string {
  const peer = table["OpenZeppelin Governor: castVoteBySig"] as number;
  const rows = Object.entries(table).map(([name, gas]) => {
    const ratio = name.startsWith("ballot") ? `${(peer / gas).toFixed(1)} to 1` : "";
    return `${name.padEnd(72)} ${gas.toLocaleString("en").padStart(9)}  ${ratio}`.trimEnd();
  });
  const head = `${"".padEnd(76)} gas  castVoteBySig`;
  return [head, ...rows].join("\n");
}

/** The rows that differ from the committed snapshot, as text; empty when none does. */
export async function compareGas(table: GasTable): Promise<string[]> {
  const known = JSON.parse(await readFile(SNAPSHOT, "utf8")) as GasTable;
  const names = new Set([...Object.keys(known), ...Object.keys(table)]);
  return [...names]
    .filter((name) => known[name] !== table[name])
    .map(
      (name) => `${name}: ${known[name] ?? "none"} in the snapshot, ${table[name] ?? "none"} now`,
    );
}

/** `node scripts/bench/gas.ts` prints the table, `--check` compares it with the snapshot, `--write` renews that. */
async function main(mode: string | undefined): Promise<number> {
  const table = await measureGas();
  if (mode === "--write") await writeFile(SNAPSHOT, `${JSON.stringify(table, null, 2)}\n`);
  if (mode !== "--check") console.log(printGas(table));
  const differences = mode === "--check" ? await compareGas(table) : [];
  for (const difference of differences) console.error(difference);
  return differences.length === 0 ? 0 : 1;
}

// Hardhat leaves a chain behind that would keep the process alive.
if (import.meta.main) process.exit(await main(process.argv[2]));
