import { ApportionError, apportion } from "../../../protocol/fund/apportion.ts";
import type { ApportionRule } from "../../../protocol/fund/apportion.ts";
import { createSchedule } from "../../../protocol/fund/schedule.ts";
import type { Schedule } from "../../../protocol/fund/schedule.ts";
import { countStrays, selectScope } from "../../../protocol/fund/scope.ts";
import type { Scope } from "../../../protocol/fund/scope.ts";
import { compareText } from "../../../protocol/fund/order.ts";
import type { Tx } from "../../database/client.ts";
import type { FundUnit } from "../../database/generated/client.ts";
import { DomainError } from "../../http/errors.ts";
import type { FundContext } from "../context.ts";
import type { UnitShare } from "./entry.ts";
import { lockBooks } from "./lock.ts";
import { syncUnits } from "./units.ts";

/** The sub-ledgers of a scope by unit id. Throws ScopeEmpty, or ScopeUnknown for what the scope names and nobody has. */
export async function findScope(
  context: FundContext,
  tx: Tx,
  { communityId, scope }: { communityId: string; scope: Scope },
): Promise<FundUnit[]> {
  await syncUnits(context, tx, await lockBooks(tx, communityId));
  const all = await tx.fundUnit.findMany({ where: { communityId } });
  const strays = countStrays(scope, all);
  if (strays > 0) throw new DomainError("ScopeUnknown", { names: strays });
  const units = selectScope(scope, all);
  if (units.length === 0) throw new DomainError("ScopeEmpty");
  return units.sort((a, b) => compareText(a.unit, b.unit));
}

export interface Charge {
  communityId: string;
  amountFen: bigint;
  scope: Scope;
  rule?: ApportionRule | undefined;
}

/** Shares an amount out over a scope by area and factors, with the areas of the units' newest rolls. */
export async function apportionScope(
  context: FundContext,
  tx: Tx,
  { communityId, amountFen, scope, rule = { rule: "area" } }: Charge,
): Promise<Schedule> {
  const units = await findScope(context, tx, { communityId, scope });
  return withDomainErrors(() => createSchedule(amountFen, units, { scope, rule }));
}

/** Shares an amount out by what each unit has, as a bank pays interest; the shares tell balances, so they are no document. */
export async function apportionBalances(
  context: FundContext,
  tx: Tx,
  { communityId, amountFen, scope }: Omit<Charge, "rule">,
): Promise<UnitShare[]> {
  const units = await findScope(context, tx, { communityId, scope });
  const weighed = units.map((unit) => {
    const balance = unit.depositedFen + unit.gainedFen - unit.usedFen;
    return { unit: unit.unit, areaE4: balance > 0n ? balance : 0n };
  });
  const { shares } = withDomainErrors(() => apportion(amountFen, weighed));
  return shares.map(({ unit, amountFen: own }) => ({ unit, amountFen: own }));
}

function withDomainErrors<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof ApportionError)) throw error;
    if (error.code === "FactorInvalid" || error.code === "WeightZero") {
      throw new DomainError(error.code, {}, error);
    }
    if (error.code === "AmountInvalid") throw new DomainError("EntryAmountInvalid", {}, error);
    throw error;
  }
}
