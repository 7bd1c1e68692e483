import os from "node:os";
import { measureGas, printGas } from "./bench/gas.ts";
import { measureAcceptance, measureCountRule, measureDemonstration } from "./bench/speed.ts";
import type { Speed } from "./bench/speed.ts";

const [cpu] = os.cpus();

function printSpeed({ name, value, unit }: Speed): void {
  const digits = value < 100 ? 1 : 0;
  console.log(`${name.padEnd(64)} ${value.toFixed(digits).padStart(9)}  ${unit}`);
}

console.log(`${os.cpus().length} × ${cpu?.model ?? "unknown"}, Node ${process.version}\n`);
console.log("Gas (exact, the same everywhere)\n");
console.log(printGas(await measureGas()));
console.log("\nSpeed (this machine, now)\n");
printSpeed(measureCountRule());
for (const speed of await measureDemonstration()) printSpeed(speed);
printSpeed(await measureAcceptance());
// Hardhat leaves a chain behind that would keep the process alive.
process.exit(0);
