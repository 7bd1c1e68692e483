// Inspects a log in a process that has memory of its own, so that the most that it took is its own too.
import process from "node:process";
import { runFsck } from "../../api/fsck/fsck.ts";

const databaseUrl = process.argv[2]!;
const { inspected, findings } = await runFsck({
  ...{ databaseUrl, dataDirectory: "/nonexistent" },
  only: ["anchor"],
});
const countOf = (table: string): number =>
  inspected.find((counted) => counted.table === table)?.count ?? 0;
const figures = {
  records: countOf("Record"),
  nodes: countOf("LogNode"),
  findings: findings.length,
  // In kilobytes, whatever the system counts in.
  mostMegabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
};
process.stdout.write(JSON.stringify(figures));
