import { LogLost } from "./anchor/log/check.ts";
import { ChainRefusal } from "./chain/failure.ts";
import { SettingsInvalid, readSettings } from "./config.ts";
import { openDatabase } from "./database/client.ts";
import { DemonstrationIncomplete, ensureDemonstration } from "./demonstration.ts";
import { PortTaken } from "./http/server.ts";
import { openKeys } from "./keys.ts";
import { issueSetupCode } from "./registry/founding/setup.ts";
import { serve } from "./serve.ts";
import type { OpenService } from "./serve.ts";
import { IdentityKeyDiffers, openService } from "./service.ts";
import type { Service } from "./service.ts";

/** What whoever starts the service can do something about: told in words, without a stack. */
const REFUSALS = [
  SettingsInvalid,
  ChainRefusal,
  LogLost,
  IdentityKeyDiffers,
  PortTaken,
  DemonstrationIncomplete,
];

async function main(): Promise<void> {
  const settings = readSettings(process.env, process.argv.slice(2));
  const { newOperatorToken } = openKeys(settings.dataDirectory);
  const database = await openDatabase(settings);
  try {
    await ensureDemonstration(settings, database, (line) => console.log(line));
    const service = await openService(settings, { database });
    const opened = await serve(service);
    const close = async (): Promise<void> => {
      await opened.close();
      await database.close();
    };
    closeOnSignal(close);
    await greet(service, opened, newOperatorToken);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The first signal ends what is under way in good order, the second at once. */
function closeOnSignal(close: () => Promise<void>): void {
  let closing = false;
  const stop = (): void => {
    if (closing) process.exit(1);
    closing = true;
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

async function greet(
  { db, settings, registry }: Service,
  { url }: OpenService,
  newOperatorToken: string | undefined,
): Promise<void> {
  const communities = await db.community.findMany({ orderBy: { createdAt: "asc" }, take: 3 });
  const lines = ["", `Mingzhang 明账  ${url}`, ""];
  for (const { id, name, demonstration } of communities) {
    const mark = demonstration ? " (demonstration · 演示)" : "";
    lines.push(`  ${name}${mark}: ${url}/communities/${id}`);
  }
  const code = await issueSetupCode(registry.context);
  if (code !== undefined) {
    // After the #, which browsers send to nobody.
    lines.push(
      "  No community yet. Open this once, in the browser of whoever sets it up (24 hours):",
      "  尚无小区。请由负责设立的人在浏览器里打开(只能用一次,24 小时内有效):",
      `  ${url}/setup#code=${code}`,
    );
  }
  lines.push(`  API: ${url}/api/openapi.json`, `  Data · 数据: ${settings.dataDirectory}`);
  if (newOperatorToken !== undefined) {
    lines.push("", `  Operator token, shown this once · 运营令牌,仅显示一次: ${newOperatorToken}`);
  }
  console.log([...lines, ""].join("\n"));
}

function refuse(error: unknown): never {
  const isRefusal = REFUSALS.some((refusal) => error instanceof refusal);
  console.error("Mingzhang does not start · 明账未能启动");
  console.error(isRefusal ? (error as Error).message : error);
  process.exit(1);
}

main().catch(refuse);
