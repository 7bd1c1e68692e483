import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { Hex } from "viem";
import { openBundle } from "../../../../protocol/verify/bundle/bundle.ts";
import { type BundleReport, verifyBundle } from "../../../../protocol/verify/bundle/verify.ts";
import { type Dispute, decideDispute } from "../../../../protocol/verify/dispute/decide.ts";
import { verifyFunds } from "../../../../protocol/verify/fund/verify.ts";
import { type Check, type Verdict, verdictOf } from "../../../../protocol/verify/report.ts";

const FOLDER = path.resolve(import.meta.dirname, "../../../../verifiers/python");

type Part = { verdict: Verdict; checks: Check[] };
type Answer = Part & {
  meetings?: (Part & { meeting: number })[];
  funds?: Part;
  dispute?: Dispute;
};

/** What the second verifier says of a bundle's file. */
export async function askPython(file: string, ...options: string[]): Promise<Answer> {
  const child = spawn("python3", ["-m", "mingzhang_verify", "bundle", file, "--json", ...options], {
    cwd: FOLDER,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Answer;
}

const lineOf = ({ name, subject, status, detail }: Check): string =>
  [status, name, subject, detail ?? ""].join(" ").trim();

/** Only the program that made an export can make it again: the second verifier leaves it open, and says so. */
function withoutExports({ checks }: Pick<Part, "checks">): Part {
  const left = checks.map((check): Check => {
    const { name, subject } = check;
    const isExport = name === "periodExport";
    return isExport ? { name, subject, status: "notChecked", detail: "leftOut" } : check;
  });
  return { verdict: verdictOf(left), checks: left };
}

/** A report by the names of its checks, what they are about, and how they ended. */
function outline({ verdict, checks, meetings = [], funds, dispute }: Answer): object {
  return {
    dispute,
    verdict,
    checks: checks.map(lineOf).sort(),
    meetings: meetings.map((part) => [part.meeting, part.verdict, part.checks.map(lineOf).sort()]),
    funds: funds && [funds.verdict, funds.checks.map(lineOf).sort()],
  };
}

/** Both verifiers' reports on one bundle, in a form in which they must be equal. */
export async function compareVerifiers(
  archive: Uint8Array,
  { folder, validators }: { folder: string; validators?: readonly Hex[] },
): Promise<{ report: BundleReport; first: object; second: object }> {
  const file = path.join(folder, "bundle.zip");
  fs.writeFileSync(file, archive);
  const options = validators ? ["--validators", validators.join()] : [];
  const [report, answer] = await Promise.all([
    openBundle(archive).then((opened) =>
      verifyBundle(opened, {
        known: { validators },
        verifyFunds,
        decide: decideDispute,
      }),
    ),
    askPython(file, ...options),
  ]);
  const meetings = report.meetings?.map((part) => ({ meeting: part.meeting, ...part.report }));
  const { checks } = withoutExports(report);
  const funds = report.funds && withoutExports(report.funds);
  const every = [...checks, ...(meetings ?? []).flatMap((part) => part.checks)];
  const verdict = verdictOf([...every, ...(funds?.checks ?? [])]);
  const parts = { ...(meetings ? { meetings } : {}), ...(funds ? { funds } : {}) };
  const { dispute } = report;
  const first = outline({ verdict, checks, ...parts, ...(dispute ? { dispute } : {}) });
  return { report, first, second: outline(answer) };
}
