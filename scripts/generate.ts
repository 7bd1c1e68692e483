import fs from "node:fs";
import path from "node:path";
import { generateContractFiles } from "./generate/contracts.ts";
import { createMigration } from "./generate/migration.ts";
import { generatePrismaClient } from "./generate/prisma.ts";
import { generateRecordFiles } from "./generate/spec/records.ts";

const ROOT = path.resolve(import.meta.dirname, "..");
const USAGE = "npm run generate [-- database | contracts | records | migration <name>]";
const PARTS = ["database", "contracts", "records"];

/** Without arguments everything is generated except a migration, which wants a name. */
async function main([what, name]: string[]): Promise<void> {
  if (what === "migration") await writeMigration(name);
  else if (what !== undefined && !PARTS.includes(what)) throw new Error(USAGE);
  const isWanted = (part: string): boolean => what === undefined || what === part;
  if (isWanted("database") || what === "migration") generatePrismaClient(ROOT);
  if (isWanted("contracts")) writeFiles(await generateContractFiles(ROOT));
  if (isWanted("records")) writeFiles(generateRecordFiles());
}

async function writeMigration(name: string | undefined): Promise<void> {
  if (name === undefined) throw new Error(USAGE);
  const file = await createMigration(name);
  console.log(
    file ? `written: ${path.relative(ROOT, file)}` : "The migrations agree with the schema.",
  );
}

function writeFiles(files: ReadonlyMap<string, string>): void {
  for (const [name, content] of files) {
    const file = path.join(ROOT, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    if (!fs.existsSync(file) || fs.readFileSync(file, "utf8") !== content) {
      fs.writeFileSync(file, content);
      console.log(`written: ${name}`);
    }
  }
}

await main(process.argv.slice(2));
