import { execFile, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { PostgresBinaries } from "../../api/database/binaries.ts";

const run = promisify(execFile);
const VERSIONS = "/usr/lib/postgresql";
const CLUSTER_SETTING = "/etc/postgresql-common/createcluster.conf";

/** The PostgreSQL of Debian's package, installed where we may. Undefined where it cannot be had. */
export async function findDebianPostgres(): Promise<PostgresBinaries | undefined> {
  return findInstalled() ?? ((await install()) ? findInstalled() : undefined);
}

function findInstalled(): PostgresBinaries | undefined {
  if (!fs.existsSync(VERSIONS)) return undefined;
  const newestFirst = fs.readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a));
  return newestFirst
    .map((version) => path.join(VERSIONS, version, "bin"))
    .map((bin) => ({ initdb: path.join(bin, "initdb"), postgres: path.join(bin, "postgres") }))
    .find(({ initdb, postgres }) => fs.existsSync(initdb) && fs.existsSync(postgres));
}

/** Only root can, and only where apt is; anything that goes wrong means that it cannot be had. */
async function install(): Promise<boolean> {
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) return false;
  try {
    refuseMainCluster();
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update"], { env });
    const keepSettings = ["-o", "Dpkg::Options::=--force-confold"];
    const flags = ["install", "-y", "--no-install-recommends", ...keepSettings];
    await run("apt-get", [...flags, "postgresql"], { env, maxBuffer: 1e8 });
    return true;
  } catch {
    return false;
  }
}

/** We want the programs; the package would also start a server of its own. */
function refuseMainCluster(): void {
  if (fs.existsSync(CLUSTER_SETTING)) return;
  fs.mkdirSync(path.dirname(CLUSTER_SETTING), { recursive: true });
  fs.writeFileSync(CLUSTER_SETTING, "create_main_cluster = false\n");
}
