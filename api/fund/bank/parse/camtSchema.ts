import fs from "node:fs/promises";
import { validateXML } from "xmllint-wasm";
import { DomainError } from "../../../http/errors.ts";
import { withoutDeclaration } from "./xml.ts";

/** ISO's schemas that come with this program; see NOTICE.md beside them. */
const SHIPPED = new Set(["camt.053.001.02", "camt.053.001.08"]);

// Pages of 64 KiB: a statement of 20 MB needs some 300 MB as a tree.
const MAX_MEMORY_PAGES = 16_384;

/** The schema of a version: one handed in, else ISO's where it is here. */
export async function findSchema(
  version: string,
  given: Uint8Array | undefined,
): Promise<Uint8Array | undefined> {
  if (given) return given;
  if (!SHIPPED.has(version)) return undefined;
  return fs.readFile(new URL(`./xsd/${version}.xsd`, import.meta.url));
}

/** Throws BankSchemaInvalid, with the line of the first fault and how many there are. */
export async function requireValid(xml: string, schema: Uint8Array): Promise<void> {
  const { valid, errors } = await validateXML({
    xml: { fileName: "statement.xml", contents: withoutDeclaration(xml) },
    schema: { fileName: "schema.xsd", contents: schema },
    maxMemoryPages: MAX_MEMORY_PAGES,
    modifyArguments: (args) => ["--nonet", ...args],
  }).catch((cause: unknown) => {
    // A schema that is none, or XML that only libxml2 refuses; what it says may quote the file.
    throw new DomainError("BankSchemaUnusable", {}, new Error((cause as Error).name));
  });
  if (valid) return;
  // Its line counts from where the declaration stood.
  const line = (errors[0]?.loc?.lineNumber ?? 0) + linesOfDeclaration(xml);
  throw new DomainError("BankSchemaInvalid", { line, faults: errors.length });
}

const linesOfDeclaration = (xml: string): number =>
  xml.split("\n").length - withoutDeclaration(xml).split("\n").length;
