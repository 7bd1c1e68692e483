import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

const requireFromHere = createRequire(import.meta.url);

/** Writes the database client of the schema to api/database/generated. */
export function generatePrismaClient(root: string): void {
  const entry = path.join(
    path.dirname(requireFromHere.resolve("prisma/package.json")),
    "build/index.js",
  );
  const result = spawnSync(process.execPath, [entry, "generate", "--no-hints"], {
    cwd: root,
    encoding: "utf8",
    env: {
      ...process.env,
      CHECKPOINT_DISABLE: "1",
      // The command asks for a native schema engine, which it would download, and never runs it.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    },
  });
  if (result.status !== 0)
    throw new Error(`prisma generate failed:\n${result.stdout}${result.stderr}`);
}
