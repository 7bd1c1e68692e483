import { parseCanonical } from "../../anchor/json.ts";
import type { RecordOf } from "../../anchor/record.ts";
import { buildingNodesSchema } from "../../anchor/record/fund.ts";
import { rootOfBuildings } from "../../fund/unitTree.ts";
import type { Checks } from "../report.ts";
import { type Bank, bankBefore, compareBank, listOpen } from "./bankState.ts";
import {
  type Placed,
  type PlacedEntry,
  numbersOf,
  placed,
  sumAccounts,
  sumBuildings,
} from "./books.ts";
import { type FundEvidence, documentOf } from "./evidence.ts";

type Balances = RecordOf<"balances">;
type Node = ReturnType<typeof buildingNodesSchema.parse>[number];

const FIGURES = ["deposited", "gained", "used", "balance", "owed"] as const;

/**
 * Published balances: the buildings lead to the root, each building's sums are what entries say of it, what is left is
 * what the ledger says, and the bank has it, but for what is named.
 */
export function checkBalances(evidence: FundEvidence, bank: Bank, checks: Checks): void {
  const published = placed(evidence, "balances");
  const entries = placed(evidence, "entry");
  const found = numbersOf(published.map(({ record }) => record.number));
  checks.equal({ name: "balancesNumber", expected: "", found });
  for (const balances of published) {
    const known = entries.filter(({ index }) => index < balances.index);
    checkRoot(evidence, { balances, known }, checks);
    checkLedger(balances.record, known, checks);
    checkBank({ balances, known, bank }, checks);
  }
}

type Known = { balances: Placed<"balances">; known: readonly PlacedEntry[] };

/** The document's nodes, under which every unit proves its own figures. */
function checkRoot(evidence: FundEvidence, { balances, known }: Known, checks: Checks): void {
  const { number, buildings, count, root, sums, date, lastEntry } = balances.record;
  const bytes = documentOf(evidence, buildings);
  if (!bytes) {
    checks.skip("balancesRoot", number, "missing");
    checks.skip("balancesBuilding", number, "dependsOnFailed");
    return;
  }
  const read = tryNodes(bytes);
  const top = read && tryRoot(read);
  checks.equal({
    ...{ name: "balancesRoot", subject: number },
    expected: { count, root, sums },
    found: read && top && { count: read.reduce((sum, each) => sum + each.count, 0), ...top },
  });
  const figures = sumBuildings(known, { date, lastEntry });
  for (const node of read ?? []) {
    const { deposited, gained, used } = figures.get(node.building) ?? NOTHING;
    figures.delete(node.building);
    checks.equal({
      ...{ name: "balancesBuilding", subject: `${number}/${node.building}` },
      expected: { deposited, gained, used, left: deposited + gained - used },
      found: fromNode(node),
    });
  }
  const missing = [...figures].filter(([, own]) => Object.values(own).some((fen) => fen !== 0n));
  for (const [building, expected] of missing) {
    const subject = `${number}/${building}`;
    checks.equal({ name: "balancesBuilding", subject, expected, found: "" });
  }
}

const NOTHING = { deposited: 0n, gained: 0n, used: 0n };

const fromNode = ({ sums }: Node) => ({
  deposited: BigInt(sums.deposited),
  gained: BigInt(sums.gained),
  used: BigInt(sums.used),
  left: BigInt(sums.balance) - BigInt(sums.owed),
});

function tryNodes(bytes: Uint8Array): Node[] | undefined {
  try {
    return buildingNodesSchema.parse(parseCanonical(bytes));
  } catch {
    return undefined;
  }
}

function tryRoot(nodes: readonly Node[]) {
  const toSums = ({ sums }: Node): bigint[] => FIGURES.map((name) => BigInt(sums[name]));
  try {
    const top = rootOfBuildings(
      nodes.map((node) => ({ hash: node.root as `0x${string}`, sums: toSums(node) })),
    );
    const named = FIGURES.map((name, i) => [name, String(top.sums[i])]);
    return { root: top.hash, sums: Object.fromEntries(named) as Balances["sums"] };
  } catch {
    return undefined;
  }
}

/** The accounts of that day, and that units, owners and money are the same sum. */
function checkLedger(record: Balances, known: readonly PlacedEntry[], checks: Checks): void {
  const { number, date, lastEntry, ledger, sums } = record;
  const accounts = sumAccounts(known, { date, lastEntry });
  const of = (name: string): bigint => accounts.get(`maintenance:${name}`) ?? 0n;
  const owners = -of("owners");
  const left = BigInt(sums.balance) - BigInt(sums.owed);
  checks.equal({
    ...{ name: "balancesLedger", subject: number },
    expected: {
      ...{ owners, bank: of("bank"), investments: of("investments"), units: owners },
      lastEntry: known.at(-1)?.record.number ?? 0,
    },
    found: { ...ledger, units: left, lastEntry },
  });
}

/** The bank's statements of that day, and what makes the difference, as the lines and reconciliations before it have it. */
function checkBank({ balances, known, bank }: Known & { bank: Bank }, checks: Checks): void {
  const { index, record } = balances;
  const { number, date, lastEntry } = record;
  const before = bankBefore(bank, index);
  if (!before) {
    checks.skip("balancesBank", number, "dependsOnFailed");
    return;
  }
  const compared = compareBank(before, { date, lastEntry, entries: known });
  // While nobody has said what a line is, no balances are published.
  const open = listOpen(before, compared?.lines ?? []);
  const expected = open.length > 0 ? { ...compared, open } : compared;
  checks.equal({ name: "balancesBank", subject: number, expected, found: record.bank });
}
