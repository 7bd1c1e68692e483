import path from "node:path";
import { createMigration } from "./generate/migration.ts";
import { generatePrismaClient } from "./generate/prisma.ts";

const ROOT = path.resolve(import.meta.dirname, "..");

const [command, ...names] = process.argv.slice(2);
if (command === "migration") {
  const file = await createMigration(names[0] ?? "");
  console.log(
    file ? `written: ${path.relative(ROOT, file)}` : "The migrations agree with the schema.",
  );
}
generatePrismaClient(ROOT);
