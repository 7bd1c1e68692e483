import { FUNDS } from "../../anchor/record/kinds.ts";
import { attempt } from "../evidence.ts";
import { Checks, type Report } from "../report.ts";
import type { Sources } from "../source.ts";
import { checkAccounts } from "./accounts.ts";
import { checkBalances } from "./balances.ts";
import { checkBank, readBank } from "./bank.ts";
import { checkBase } from "./base.ts";
import { placed } from "./books.ts";
import { checkClaims } from "./claims.ts";
import { checkCharges, checkIncomeShares } from "./decided.ts";
import { checkEntries, checkEntryOrder } from "./entries.ts";
import { type FundEvidence, collectFund } from "./evidence.ts";
import { checkExports } from "./exports.ts";
import { checkPayments, checkSettlements } from "./payments.ts";
import { checkPeriods } from "./periods.ts";
import type { VerifyFunds } from "./present.ts";
import { type Reserved, checkReservations } from "./reservations.ts";
import { checkSchedules } from "./schedules.ts";
import { checkSettings } from "./settings.ts";
import { type KnownReservations, type ReservedFigures, checkFundState } from "./state.ts";

/**
 * Verifies a community's funds from its published records and the chain: every record in the log, every entry, schedule,
 * period, balance and statement by itself and against the others, and every payment back to the motion that allows it.
 * Never rejects.
 */
export function verifyFund(sources: Sources): Promise<Report> {
  return verifyFunds(sources, { kind: "community" });
}

/** The same of a scope: of the funds all that there is to check. */
export const verifyFunds: VerifyFunds = async (sources, scope) => {
  const checks = new Checks();
  const info = await attempt(sources.records.community());
  const evidence = info && (await attempt(collectFund(sources, info, scope)));
  if (!evidence) {
    checks.skip("chainId", "", "unreachable");
    return checks.report();
  }
  await checkBase(sources, evidence, checks);
  const known = await followMoney(evidence, checks);
  await checks.contain("stateAgrees", () => checkFundState(evidence, known, checks));
  return checks.report();
};

/** Checks what was decided, entered and paid, as far as the evidence is about it; gives what each reservation binds. */
async function followMoney(evidence: FundEvidence, checks: Checks): Promise<KnownReservations> {
  await checkBooks(evidence, checks);
  const reservations = await checkMoney(evidence, checks);
  return new Map([...(reservations ?? [])].map(([number, one]) => [number, toFigures(one)]));
}

const toFigures = ({ plan, milestones, approvals }: Reserved): ReservedFigures => ({
  fund: FUNDS.indexOf(plan.fund),
  amountFen: milestones.reduce((sum, { amountFen }) => sum + amountFen, 0n),
  approvals,
  parts: milestones.length,
});

/** What the committee wrote down: the books of a community, those up to a period's closing, entries of a project, one entry. */
async function checkBooks(evidence: FundEvidence, checks: Checks): Promise<void> {
  await checks.contain("entrySound", () => checkEntries(evidence, checks));
  await checks.contain("entrySchedule", () => checkSchedules(evidence, checks));
  await checks.contain("chargeDecided", () => checkCharges(evidence, checks));
  if (evidence.scope.kind === "project" || evidence.scope.kind === "entry") return;
  const books = booksOf(evidence);
  if (evidence.scope.kind === "period" && placed(books, "period").length === 0) {
    checks.skip("periodFigures", evidence.scope.period, "missing");
    return;
  }
  await checks.contain("fundSettings", () => checkSettings(books, checks));
  await checks.contain("entryNumber", () => checkEntryOrder(books, checks));
  await checks.contain("periodFigures", () => checkPeriods(books, checks));
  await checks.contain("incomeShare", () => checkIncomeShares(books, checks));
  await checks.contain("periodExport", () => checkExports(books, checks));
  const bank = await checks.contain("bankStatement", () => {
    const read = readBank(books);
    checkBank(books, read, checks);
    return read;
  });
  if (!bank) return;
  await checks.contain("balancesRoot", () => checkBalances(books, bank, checks));
}

/** The evidence up to where the books end. */
function booksOf(evidence: FundEvidence): FundEvidence {
  const { chosen } = evidence;
  if (!chosen) return evidence;
  return {
    ...evidence,
    records: evidence.records.filter(({ index }) => index <= chosen.lastIndex),
  };
}

/** What the chain let pass. */
async function checkMoney(
  evidence: FundEvidence,
  checks: Checks,
): Promise<Map<number, Reserved> | undefined> {
  await checks.contain("creditTotal", () => checkAccounts(evidence, checks));
  const reservations = await checks.contain("reserveDecided", () =>
    checkReservations(evidence, checks),
  );
  if (!reservations) return undefined;
  const claims = await checks.contain("claimAttested", () =>
    checkClaims(evidence, reservations, checks),
  );
  if (!claims) return reservations;
  await checks.contain("paymentApproved", () => checkPayments(evidence, claims, checks));
  await checks.contain("settlementRecord", () => checkSettlements(evidence, reservations, checks));
  return reservations;
}
