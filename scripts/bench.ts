import { measureCount } from "./bench/countSpeed.ts";
import { measureFsckSpeed } from "./bench/fsckSpeed.ts";
import { measureGas, printGas } from "./bench/gas.ts";
import { measurePages } from "./bench/lighthouse.ts";
import { measureRecount } from "./bench/recountSpeed.ts";
import { measureService } from "./bench/serviceSpeed.ts";
import { describeMachine, printSpeed, type Speed } from "./bench/speed.ts";

/** What can be measured; `npm run bench -- <name> …` measures some of it, in this order. */
const SPEEDS: Readonly<Record<string, () => Promise<Speed[]>>> = {
  service: measureService,
  recount: measureRecount,
  count: async () => [await measureCount()],
  fsck: measureFsckSpeed,
  pages: measurePages,
};

const names = ["gas", ...Object.keys(SPEEDS)];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`Cannot measure ${unknown.join(", ")}; there are: ${names.join(", ")}`);
  process.exit(2);
}

const isAsked = (name: string): boolean => asked.length === 0 || asked.includes(name);
const machine = describeMachine();
if (isAsked("gas")) {
  console.log("Gas (exact, the same everywhere)\n");
  console.log(`${printGas(await measureGas())}\n`);
}
console.log(`Speed (this machine, now)\n${machine}\n`);
for (const [name, measure] of Object.entries(SPEEDS)) {
  if (!isAsked(name)) continue;
  for (const speed of await measure()) console.log(printSpeed(speed));
}
// Hardhat leaves a chain behind that would keep the process alive.
process.exit(0);
