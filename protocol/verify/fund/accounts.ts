import { FUNDS } from "../../anchor/record/kinds.ts";
import { configureTypedData, creditTypedData } from "../../fund/messages.ts";
import { compareLogs } from "../events.ts";
import type { CheckDetail, Checks } from "../report.ts";
import type { ChainLog } from "../source.ts";
import { FIRST_RULES, accountEvents } from "./accountEvents.ts";
import { callOf, domainOf, findActFault, pickSaid, saidBy } from "./acts.ts";
import { MONEY, placed, postedOn } from "./books.ts";
import type { FundEvidence } from "./evidence.ts";
import type { FundLog } from "./fundLog.ts";

/** What each fund was credited with, and the rules that were set: signed for, and as the records say. */
export async function checkAccounts(evidence: FundEvidence, checks: Checks): Promise<void> {
  for (const number of FUNDS.keys()) {
    for (const [nonce, event] of accountEvents(evidence, number).entries()) {
      const place = { fund: number, nonce: BigInt(nonce) };
      if (event.eventName === "FundCredited") await checkCredit(evidence, { event, place }, checks);
      else await checkRules(evidence, { event, place }, checks);
    }
  }
}

type Place = { fund: number; nonce: bigint };
const subjectOf = ({ fund, nonce }: Place): string => `${FUNDS[fund]}/${nonce}`;

async function checkCredit(
  evidence: FundEvidence,
  { event, place }: { event: FundLog<"FundCredited">; place: Place },
  checks: Checks,
): Promise<void> {
  const { credited, record } = event.args;
  const fault = async (): Promise<CheckDetail | undefined> => {
    const call = callOf(evidence, event.log, ["credit"]);
    if (!call.functionName) return call.fault;
    const message = { ...place, credited, record };
    const typedData = creditTypedData(domainOf(evidence), message);
    return findActFault(evidence, { typedData, attestations: call.args[3], log: event.log });
  };
  const subject = subjectOf(place);
  checks.faultless("creditAttested", subject, await fault());
  const entry = placed(evidence, "entry").find(({ leaf }) => leaf === record);
  // The bundle of a project or an entry does not hold the books, a period's those up to its closing.
  const { chosen, scope } = evidence;
  if (chosen && (scope.kind !== "period" || !entry || entry.index > chosen.lastIndex)) return;
  const expected =
    entry && sumReceived(evidence, { fund: place.fund, lastEntry: entry.record.number });
  checks.equal({ name: "creditTotal", subject, expected: expected ?? "", found: credited });
}

/** What the fund had by the books up to an entry, and what of it had been paid on chain. */
function sumReceived(
  evidence: FundEvidence,
  { fund, lastEntry }: { fund: number; lastEntry: number },
): bigint {
  const name = FUNDS[fund]!;
  const entries = placed(evidence, "entry").filter(({ record }) => record.number <= lastEntry);
  const money = entries.flatMap(({ record }) =>
    MONEY[name].map((account) => postedOn(record, account) ?? 0n),
  );
  const paid = entries.filter(
    ({ record }) => record.fund === name && record.source?.startsWith("payment "),
  );
  const left = money.reduce((sum, fen) => sum + fen, 0n);
  return paid.reduce((sum, { record }) => sum - (postedOn(record, `${name}:bank`) ?? 0n), left);
}

async function checkRules(
  evidence: FundEvidence,
  { event, place }: { event: FundLog<"RulesSet">; place: Place },
  checks: Checks,
): Promise<void> {
  const { approvals, overrunBasisPoints, record } = event.args.rules;
  const fault = async (): Promise<CheckDetail | undefined> => {
    const call = callOf(evidence, event.log, ["configure"]);
    if (!call.functionName) return call.fault;
    const message = { ...place, approvals, overrunBasisPoints, record };
    const typedData = configureTypedData(domainOf(evidence), message);
    return findActFault(evidence, { typedData, attestations: call.args[2], log: event.log });
  };
  const subject = subjectOf(place);
  checks.faultless("rulesAttested", subject, await fault());
  const expected = { fund: FUNDS[place.fund], approvals, overrunBasisPoints };
  const found = pickSaid(saidBy(evidence, record), expected);
  checks.equal({ name: "rulesRecord", subject, expected, found });
}

/** The rules of a fund before an event. */
export function rulesAt(evidence: FundEvidence, fund: number, log: ChainLog) {
  const before = accountEvents(evidence, fund).filter(
    (event): event is FundLog<"RulesSet"> =>
      event.eventName === "RulesSet" && compareLogs(event.log, log) < 0,
  );
  return before.at(-1)?.args.rules ?? FIRST_RULES;
}
