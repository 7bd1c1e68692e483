import process from "node:process";
import { parseArgs } from "node:util";
import { SettingsInvalid, readSettings } from "../../api/config.ts";
import type { Settings } from "../../api/config.ts";
import { DatabaseMissing, findDatabase } from "../../api/database/client.ts";
import { runFsck } from "../../api/fsck/fsck.ts";
import type { FsckReport, FsckVerdict } from "../../api/fsck/report.ts";
import { ACROSS, SUBJECTS } from "../../api/fsck/subjects.ts";
import type { CommandIo } from "../command.ts";
import { Unusable, tellUnusable } from "./input.ts";
import { renderReport } from "./fsck/render.ts";

const NAMES = [...SUBJECTS, ...ACROSS].map(({ name }) => name);

const USAGE = `mingzhang fsck: re-reads everything that an installation keeps

  mingzhang fsck [--data <directory>] [--only <part>,...] [--json]

Reads every row, every stored file and every block of the chain, recomputes what follows from them, compares both with
what stands on chain, and names each thing that differs, is missing, or is there without a reason. Reads only; the
service may run meanwhile. Where the database and the chain are, the service's own settings say: DATA_DIR (or --data),
DATABASE_URL, CHAIN_RPC_URL.

Parts: ${NAMES.join(", ")}.
Exit code: 0 all that was inspected agrees, 1 something does not, 2 something that is evidence could not be inspected,
or the command was called wrongly. What was not inspected is always listed.
`;

const EXIT: Record<FsckVerdict, number> = { ok: 0, failed: 1, incomplete: 2 };

const OPTIONS = {
  data: { type: "string" },
  only: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

function readParts(only: string | undefined): string[] | undefined {
  const parts = only?.split(",").map((part) => part.trim());
  const unknown = parts?.find((part) => !NAMES.includes(part));
  if (unknown !== undefined) throw new Unusable(`there is no part "${unknown}"`);
  return parts;
}

const STEP = 50_000;

/** On the standard error stream, so that `--json` can be piped on. */
const say =
  (stderr: CommandIo["stderr"]) =>
  (table: string, count: number): void => {
    if (count % STEP === 0) stderr.write(`${table} ${count.toLocaleString("en")}\n`);
  };

async function inspect(
  settings: Settings,
  only: string[] | undefined,
  { stderr }: CommandIo,
): Promise<FsckReport> {
  const database = await findDatabase(settings);
  try {
    return await runFsck({
      databaseUrl: database.url,
      dataDirectory: settings.dataDirectory,
      rpcUrl: settings.chainRpcUrl,
      only,
      onProgress: say(stderr),
    });
  } finally {
    await database.close();
  }
}

/** Inspects an installation and lists what is not as it must be. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  try {
    const { values } = parseArgs({ args, options: OPTIONS });
    if (values.help) {
      io.stdout.write(USAGE);
      return 0;
    }
    const environment = { ...process.env, ...(values.data ? { DATA_DIR: values.data } : {}) };
    const settings = readSettings(environment, ["--empty"]);
    const report = await inspect(settings, readParts(values.only), io);
    io.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report));
    return EXIT[report.verdict];
  } catch (error) {
    const kinds = [SettingsInvalid, DatabaseMissing];
    return tellUnusable(error, { stderr: io.stderr, usage: USAGE, kinds });
  }
}
