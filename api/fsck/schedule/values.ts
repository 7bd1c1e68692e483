import type { Finding } from "../report.ts";

/** Columns of every row of these tables are served to everybody, so what an inspection saw there may be too. */
const PUBLIC_TABLES: ReadonlySet<string> = new Set([
  ...["Community", "Deployment", "Roll", "KeyPage", "BoundKey", "Record", "LogNode", "Log", "Head"],
  ...["Meeting", "Extension", "Batch", "FundEntry", "FundPosting", "FundAccount", "FundBuilding"],
  ...["FundSettings", "FundPeriod", "FundBalances", "FundCheck", "BankStatement", "FundFlag"],
  ...["BankReconciliation", "FundFlagAnswer", "Project", "ProjectStep", "ChainBlock", "files"],
]);

/** Not of these columns: what the chain said when it refused, and whole texts, of which the hash is enough. */
const CLOSED_COLUMNS: ReadonlySet<string> = new Set(["failure", "record", "areas", "entries"]);

/** What stands in a place and what should; null where only its owner may know. */
export interface SeenValues {
  expected: string;
  found: string;
}

/** The values behind a finding, as far as anybody may read them. */
export function toPublicValues({ table, field, expected, found }: Finding): SeenValues | null {
  if (expected === undefined || found === undefined) return null;
  if (!PUBLIC_TABLES.has(table) || (field !== undefined && CLOSED_COLUMNS.has(field))) return null;
  return { expected, found };
}
