import { once } from "node:events";
import {
  countLine,
  toCountFailure,
  type CountFailure,
  type CountResult,
} from "../../protocol/assembly/count/count.ts";
import { CountError } from "../../protocol/assembly/count/error.ts";
import { EXIT_UNUSABLE, type CommandIo } from "../command.ts";
import { readLines, type Line } from "../lines.ts";

const USAGE = `mingzhang count: counts votes by the rule of the law

  mingzhang count < cases.jsonl > results.jsonl

Reads one case per line as JSON (docs/counting-rule.md) and writes one result per line, in the
same order; blank lines are left out. A case that is malformed or cannot have happened gives
{"id", "error": {"code", "path", "message", "line"}}, and the run goes on.

Exit code: 0 when the whole input was read, 2 when it could not be or the command was called wrongly.
`;

// A case takes some 500 bytes.
const LINE_LIMIT_BYTES = 1024 * 1024;
const BLANK = /^[ \t\r]*$/;

/** Counts the cases on standard input, one JSON text per line. */
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
    const output = lines.map(toOutput).join("");
    if (output !== "" && !stdout.write(output)) await once(stdout, "drain");
  }
  return 0;
}

function toOutput(line: Line): string {
  if (line.text !== null && BLANK.test(line.text)) return "";
  const result = count(line);
  if (!("error" in result)) return JSON.stringify(result) + "\n";
  return JSON.stringify({ ...result, error: { ...result.error, line: line.number } }) + "\n";
}

function count(line: Line): CountResult | CountFailure {
  if (line.text !== null) return countLine(line.text);
  const error =
    line.reason === "tooLong"
      ? new CountError("LineTooLong", `a line may have ${LINE_LIMIT_BYTES} bytes`)
      : new CountError("InvalidUtf8", "the line is not UTF-8 text");
  return toCountFailure(error);
}
