import { once } from "node:events";
import {
  apportionLine,
  toCaseFailure,
  type CaseFailure,
  type CaseShares,
} from "../../protocol/fund/apportionCase.ts";
import { EXIT_UNUSABLE, type CommandIo } from "../command.ts";
import { readLines, type Line } from "../lines.ts";

const USAGE = `mingzhang apportion: shares costs out over units by area, to the fen

  mingzhang apportion < cases.jsonl > shares.jsonl

Reads one case per line as JSON (docs/apportionment.md) and writes its shares per line, in the
same order; blank lines are left out. A case that cannot be shared out gives
{"id", "error": {"code", "path", "message", "line"}}, and the run goes on.

Exit code: 0 when the whole input was read, 2 when it could not be or the command was called wrongly.
`;

// A unit takes some 60 bytes, and a community has tens of thousands.
const LINE_LIMIT_BYTES = 64 * 1024 * 1024;
const BLANK = /^[ \t\r]*$/;

/** Apportions the cases on standard input, one JSON text per line. */
export async function run(args: string[], { stdin, stdout, stderr }: CommandIo): Promise<number> {
  if (args.length === 1 && (args[0] === "--help" || args[0] === "-h")) {
    stdout.write(USAGE);
    return 0;
  }
  if (args.length > 0) {
    stderr.write(USAGE);
    return EXIT_UNUSABLE;
  }
  for await (const lines of readLines(stdin, LINE_LIMIT_BYTES)) {
    for (const line of lines) {
      const output = toOutput(line);
      if (output !== "" && !stdout.write(output)) await once(stdout, "drain");
    }
  }
  return 0;
}

function toOutput(line: Line): string {
  if (line.text !== null && BLANK.test(line.text)) return "";
  const result = share(line);
  if (!("error" in result)) return JSON.stringify(result) + "\n";
  return JSON.stringify({ ...result, error: { ...result.error, line: line.number } }) + "\n";
}

function share(line: Line): CaseShares | CaseFailure {
  if (line.text !== null) return apportionLine(line.text);
  return toCaseFailure(line.reason === "tooLong" ? "LineTooLong" : "InvalidUtf8");
}
