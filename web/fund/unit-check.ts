// First: schemas settle how they work when they are made.
import "../service/schemas.ts";
import type { RecordOf } from "../../protocol/anchor/record.ts";
import { isInSum } from "../../protocol/fund/sumTree.ts";
import { balancesTree } from "../../protocol/fund/unitTree.ts";
import { readRecord } from "../../protocol/verify/entry.ts";
import { HttpRecordSource } from "../../protocol/verify/http.ts";
import { checkRecords, type CheckedRecords } from "../assembly/records-check.ts";
import type { OwnUnit, Published } from "./own.ts";

export interface UnitCheck {
  /** The unit's figures, salted, lead to the root that was published, with its sums. */
  readonly inRoot: boolean;
  /** What all units have together is what the ledger says, and lies at the bank and in bonds. */
  readonly isLedger: boolean;
  /** The bank's statements of that day explain the ledger; undefined where one is missing. */
  readonly isBank: boolean | undefined;
  readonly total: bigint;
  readonly checked: CheckedRecords;
}

const NAMES = ["deposited", "gained", "used", "balance", "owed"] as const;

function isUnitInRoot(
  { root, sums, number }: RecordOf<"balances">,
  { unit, proof }: OwnUnit,
  community: string,
): boolean {
  const tree = balancesTree(community, number);
  if (!proof || proof.tree !== tree) return false;
  const node = { hash: root as `0x${string}`, sums: NAMES.map((name) => BigInt(sums[name])) };
  const leaf = { salt: proof.salt, unit, figures: proof.figures };
  return isInSum(node, tree, { leaf, proof: proof.steps });
}

function isTotalOfLedger({ sums, ledger }: RecordOf<"balances">): boolean {
  const total = BigInt(sums.balance) - BigInt(sums.owed);
  const held = BigInt(ledger.bank) + BigInt(ledger.investments);
  return total === BigInt(ledger.owners) && total === held;
}

function isExplainedByBank({ ledger, bank }: RecordOf<"balances">): boolean | undefined {
  if (bank === null) return undefined;
  return BigInt(ledger.bank) - BigInt(bank.balance) === BigInt(bank.difference);
}

/** Holds a unit's figures against the published root, and that against ledger, bank, log and chain. */
export async function checkUnit(
  community: string,
  unit: OwnUnit,
  published: Published,
): Promise<UnitCheck> {
  const source = new HttpRecordSource({ api: `${location.origin}/api`, community });
  const entry = await source.record(published.recordIndex);
  const { record } = readRecord(entry);
  const checked = await checkRecords(community, [entry]);
  const isRight = record?.type === "balances" && record.number === published.number;
  if (!isRight) return { inRoot: false, isLedger: false, isBank: false, total: 0n, checked };
  return {
    inRoot: isUnitInRoot(record, unit, community),
    isLedger: isTotalOfLedger(record),
    isBank: isExplainedByBank(record),
    total: BigInt(record.sums.balance) - BigInt(record.sums.owed),
    checked,
  };
}
