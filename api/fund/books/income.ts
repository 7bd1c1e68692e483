import { postingsOf } from "../../../protocol/fund/entry.ts";
import { periodEnd, shareOfIncome } from "../../../protocol/fund/incomeShare.ts";
import type { Tx } from "../../database/client.ts";
import { DomainError } from "../../http/errors.ts";
import type { FundContext } from "../context.ts";
import type { Origin } from "./enter.ts";
import { findEntries } from "./find.ts";
import { lockBooks } from "./lock.ts";
import { stateFunds } from "./movements.ts";
import { postEntry } from "./post.ts";
import { apportionScope } from "./scope.ts";
import { findSettings } from "./settings.ts";
import type { IncomeShareRule } from "./settings.ts";
import type { TermsOf } from "./terms.ts";
import { today } from "./today.ts";

const ALL = { kind: "all" as const };

/**
 * Gives the maintenance fund the share of a period's net public income that the community's rule says, by area: two
 * entries, one in each fund, that name each other. Once for a period.
 */
export async function shareIncome(
  context: FundContext,
  tx: Tx,
  { terms, origin }: { terms: TermsOf<"incomeShare">; origin: Origin },
): Promise<number[]> {
  const { communityId, by } = origin;
  const { lastEntry } = await lockBooks(tx, communityId);
  const { incomeShare: rule, number: settings } = await findSettings(tx, communityId);
  if (!rule) throw new DomainError("SettingsMissing", { setting: "incomeShare" });
  const to = requirePeriod(context, terms.from, rule);
  const source = await findSource(tx, communityId, `incomeShare ${terms.from}/${to}`);
  const netFen = await sumNet(tx, communityId, { from: terms.from, to, lastEntry });
  const amountFen = shareOfIncome(netFen, rule);
  if (amountFen === 0n) throw new DomainError("IncomeShareNothing", { netFen: String(netFen) });
  const schedule = await apportionScope(context, tx, { communityId, amountFen, scope: ALL });
  const narration = `公共收益 ${terms.from} – ${to} 按规则第 ${settings} 号转入维修资金`;
  const common = { communityId, by, date: terms.date, narration, schedule };
  const [given, taken] = [lastEntry + 1, lastEntry + 2];
  const pair = [
    { kind: "incomeShare" as const, linked: [taken], source },
    { kind: "incomeCredited" as const, linked: [given], source: `${source} credited` },
  ];
  for (const { kind, ...half } of pair) {
    await postEntry(context, tx, {
      ...common,
      kind,
      postings: postingsOf(kind, amountFen),
      ...half,
    });
  }
  return [given, taken];
}

/** The period's last day; it must begin on the first day of one, and be over. */
function requirePeriod({ clock }: FundContext, from: string, { period }: IncomeShareRule): string {
  const to = periodEnd(from, period);
  if (to === undefined) throw new DomainError("IncomeSharePeriodInvalid", { from, period });
  if (to >= today(clock)) throw new DomainError("PeriodNotOver", { to });
  return to;
}

/** Once for a period; a share that was taken back may be given anew, under a source of its own. */
async function findSource(tx: Tx, communityId: string, period: string): Promise<string> {
  const given = await findEntries(tx, communityId, { kind: "incomeShare", source: period });
  const standing = given.find(({ reversedBy }) => reversedBy === null);
  if (standing) throw new DomainError("IncomeShareDone", { entry: standing.number });
  return given.length === 0 ? period : `${period} again ${given.length}`;
}

/** Revenue less cost of the days: what has a category, unlike what was shared out. */
async function sumNet(
  tx: Tx,
  communityId: string,
  span: { from: string; to: string; lastEntry: number },
): Promise<bigint> {
  const funds = await stateFunds(tx, communityId, span);
  const { movements } = funds.find(({ fund }) => fund === "income")!;
  return movements
    .filter(({ category }) => category !== null)
    .reduce((sum, row) => sum + BigInt(row.in) - BigInt(row.out), 0n);
}

/** Pays public income out to the owners, by area. */
export async function distribute(
  context: FundContext,
  tx: Tx,
  { terms, origin }: { terms: TermsOf<"distribution">; origin: Origin },
): Promise<number> {
  const { communityId } = origin;
  const { amount: amountFen, date, narration } = terms;
  const schedule = await apportionScope(context, tx, { communityId, amountFen, scope: ALL });
  const kind = "distribution" as const;
  const postings = postingsOf(kind, amountFen);
  const { number } = await postEntry(context, tx, {
    ...origin,
    ...{ kind, date, narration, schedule, postings },
  });
  return number;
}
