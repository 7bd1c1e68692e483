import { DomainError } from "../../../http/errors.ts";
import { isCamt, readCamt } from "./camt.ts";
import { checkSequence, checkStatement } from "./check.ts";
import { encodingOfMark } from "./encoding.ts";
import type { Mapping } from "./columns.ts";
import { isOfx, readOfx } from "./ofx.ts";
import type { BankFile, BankStatement, Given } from "./statement.ts";
import { readTable } from "./table.ts";

export const MAX_BANK_FILE_BYTES = 20_000_000;

export interface ReadingOptions {
  mapping?: Mapping | undefined;
  given?: Given | undefined;
  /** The XSD to hold camt.053 against instead of ISO's that come with the program. */
  schema?: Uint8Array | undefined;
}

/**
 * Reads a bank's file of whichever format. Throws a DomainError where it cannot be read; what it reads but finds
 * wrong are problems of the statements.
 */
export async function readBankFile(bytes: Buffer, options: ReadingOptions = {}): Promise<BankFile> {
  if (bytes.length > MAX_BANK_FILE_BYTES) {
    throw new DomainError("FileTooLarge", { maxBytes: MAX_BANK_FILE_BYTES });
  }
  const file = await readFormat(bytes, options);
  const statements = ofAccount(file.statements, options.given?.account);
  statements.forEach(checkStatement);
  checkSequence(statements);
  return { ...file, statements };
}

/** A file may be about several accounts; what the importer names must be among them. */
function ofAccount(statements: BankStatement[], expected: string | undefined): BankStatement[] {
  if (expected === undefined) return statements;
  const own = statements.filter(({ account }) => isAccount(account, expected));
  if (own.length === 0) throw new DomainError("BankAccountDiffers", { line: 0 });
  return own;
}

const START_BYTES = 4000;

function readFormat(
  bytes: Buffer,
  { mapping = {}, given = {}, schema }: ReadingOptions,
): Promise<BankFile> {
  const start = new TextDecoder(encodingOfMark(bytes) ?? "latin1").decode(
    bytes.subarray(0, START_BYTES),
  );
  if (isOfx(start)) return Promise.resolve().then(() => readOfx(bytes));
  if (isCamt(start)) return readCamt(bytes, schema);
  if (/^\s*</.test(start))
    return Promise.reject(new DomainError("BankFormatUnknown", { found: "xml" }));
  if (start === "" || /^(?:%PDF|\u0089PNG|\u00ff\u00d8|GIF8)/.test(start)) {
    return Promise.reject(new DomainError("BankFormatUnknown", { found: "binary" }));
  }
  return readTable(bytes, mapping, given);
}

/** Whether a file means this account; some banks hide digits (6222********0001). */
function isAccount(found: string | undefined, expected: string): boolean {
  const [shown, whole] = [found ?? "", expected].map((text) => text.replace(/[\s-]/g, ""));
  return (
    shown!.length === whole!.length &&
    [...shown!].every((character, i) => character === "*" || character === whole![i])
  );
}
