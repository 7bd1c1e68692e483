import type { Tx } from "../../database/client.ts";
import type { FundContext } from "../context.ts";
import { publishBalances } from "./publish.ts";
import { enterEntry } from "./enter.ts";
import type { Origin } from "./enter.ts";
import { distribute, shareIncome } from "./income.ts";
import { closePeriod } from "./period.ts";
import { reverseEntry } from "./reverse.ts";
import { decideSettings } from "./settings.ts";
import type { Terms } from "./terms.ts";

/** What came of it. */
export interface Outcome {
  entries: number[];
  period?: number;
  balances?: number;
  settings?: number;
}

export interface Performance {
  terms: Terms;
  origin: Origin;
}

/** Does what was entered, in the caller's transaction. */
export async function perform(
  context: FundContext,
  tx: Tx,
  { terms, origin }: Performance,
): Promise<Outcome> {
  switch (terms.action) {
    case "entry":
      return { entries: [(await enterEntry(context, tx, { terms, origin })).number] };
    case "reversal":
      return { entries: [(await reverseEntry(context, tx, { ...origin, ...terms })).number] };
    case "period":
      return closePeriod(context, tx, { terms, origin });
    case "balances":
      return { entries: [], balances: await publishBalances(context, tx, { ...origin, ...terms }) };
    case "settings":
      return { entries: [], settings: await decideSettings(context, tx, { terms, origin }) };
    case "incomeShare":
      return { entries: await shareIncome(context, tx, { terms, origin }) };
    case "distribution":
      return { entries: [await distribute(context, tx, { terms, origin })] };
  }
}
