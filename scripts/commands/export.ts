import { once } from "node:events";
import fs from "node:fs/promises";
import { parseArgs } from "node:util";
import type { CommandIo } from "../command.ts";
import { Unusable, tellUnusable } from "./input.ts";
import { apiBase, findOnlyCommunity } from "./service.ts";

const USAGE = `mingzhang export: writes a community's books for other programs and for paper

  mingzhang export csv|xlsx|hledger|beancount [--period <number>] [<where>] [--out <file>]
  mingzhang export pdf --period <number> [--language zh|en]       [<where>] [--out <file>]
  mingzhang export ocds                                           [<where>] [--out <file>]

Without --period all entries; with it those of a closed period and what was brought forward into it, which
never change. pdf is a period's statement on A4, ocds every repair project as a release of the Open
Contracting Data Standard. Without --out the file goes to standard output:

  mingzhang export hledger | hledger check --strict -f -

<where> is
  --api <url>         the service; http://localhost:8080 unless told
  --community <id>    of the service's communities; not needed where it has one

Exit code: 0 written, 2 otherwise.
`;

const OPTIONS = {
  period: { type: "string" },
  language: { type: "string", default: "zh" },
  api: { type: "string" },
  community: { type: "string" },
  out: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

const TABLES = ["csv", "xlsx", "hledger", "beancount"];

interface Wanted {
  format: string;
  period?: string | undefined;
  language: string;
}

/** Where below `…/fund/exports` it is. */
function toPath({ format, period, language }: Wanted): string {
  if (period !== undefined && !/^[1-9]\d{0,8}$/.test(period)) {
    throw new Unusable("--period is the number of a closed period");
  }
  if (TABLES.includes(format)) {
    return period === undefined ? `book/${format}` : `periods/${period}/${format}`;
  }
  if (format === "ocds" && period === undefined) return "ocds";
  if (format === "pdf" && period !== undefined && ["zh", "en"].includes(language)) {
    return `periods/${period}/statement.pdf?language=${language}`;
  }
  throw new Unusable("what is to be written?");
}

async function download(url: string): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw new Unusable(`no service answers at ${url}; say where with --api`, { cause });
  }
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  const { code } = (await response.json().catch(() => ({}))) as { code?: string };
  throw new Unusable(`the service says ${code ?? response.status}`);
}

/** Writes the books of a service's community as one file. */
export async function run(args: string[], { stdout, stderr }: CommandIo): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    if (values.help) {
      stdout.write(USAGE);
      return 0;
    }
    const [format, ...others] = positionals;
    if (format === undefined || others.length > 0) throw new Unusable("what is to be written?");
    const path = toPath({ format, ...values });
    const base = apiBase(values.api);
    const community = values.community ?? (await findOnlyCommunity(base));
    const address = `${base}/communities/${encodeURIComponent(community)}/fund/exports/${path}`;
    const bytes = await download(address);
    if (values.out !== undefined) await fs.writeFile(values.out, bytes);
    else if (!stdout.write(bytes)) await once(stdout, "drain");
    return 0;
  } catch (error) {
    return tellUnusable(error, { stderr, usage: USAGE });
  }
}
