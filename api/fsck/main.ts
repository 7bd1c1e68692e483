// Runs one inspection and writes its report to the standard output: the service starts it as a process of its own, so
// that it has memory and priority of its own.
import process from "node:process";
import { readSettings } from "../config.ts";
import { runFsck } from "./fsck.ts";

const settings = readSettings(process.env, ["--empty"]);
const report = await runFsck({
  databaseUrl: settings.databaseUrl!,
  dataDirectory: settings.dataDirectory,
  rpcUrl: settings.chainRpcUrl,
});
process.stdout.write(JSON.stringify(report), () => {
  // The simulated chain leaves timers behind that would keep the process alive.
  process.exit(0);
});
