// The service as a process of its own, to be killed: <database url> <data directory> <seconds at the start>.
import { pino } from "pino";
import { readSettings } from "../../../api/config.ts";
import { connectDatabase } from "../../../api/database/client.ts";
import { serve } from "../../../api/serve.ts";
import { openService } from "../../../api/service.ts";

const [url, directory, seconds] = process.argv.slice(2) as [string, string, string];
const behind = Date.now() - Number(seconds) * 1000;
const environment = { PORT: "0", DATA_DIR: directory, PUBLIC_ORIGIN: "http://localhost" };
const service = await openService(readSettings(environment, ["--empty"]), {
  clock: { now: () => new Date(Date.now() - behind) },
  database: connectDatabase(url),
  log: pino({ level: "silent" }),
  assembly: { sealEverySeconds: 0.2 },
});
const limits = { challenge: 1e6, login: 1e6, enrolment: 1e6, ballot: 1e6, rpc: 1e6, import: 1e6 };
const { port } = await serve(service, limits);
console.log(`ready ${port}`);
