import { measureCount } from "./bench/countSpeed.ts";
import { measureFsckSpeed } from "./bench/fsckSpeed.ts";
import { measureGas, printGas } from "./bench/gas.ts";
import { measureRecount } from "./bench/recountSpeed.ts";
import { measureService } from "./bench/serviceSpeed.ts";
import { describeMachine, printSpeed } from "./bench/speed.ts";

const machine = describeMachine();
console.log("Gas (exact, the same everywhere)\n");
console.log(printGas(await measureGas()));
console.log(`\nSpeed (this machine, now)\n${machine}\n`);
const measureCounting = async () => [await measureCount()];
for (const measure of [measureService, measureRecount, measureCounting, measureFsckSpeed]) {
  for (const speed of await measure()) console.log(printSpeed(speed));
}
// Hardhat leaves a chain behind that would keep the process alive.
process.exit(0);
