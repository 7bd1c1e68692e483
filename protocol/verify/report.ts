import type { SealFault } from "./block/qbft.ts";

/** What is looked at in the funds where the money is followed; the verifier that lies in a bundle leaves it out. */
const FUND_CHECK_NAMES = [
  // what the chain let pass
  "creditAttested",
  "creditTotal",
  "rulesAttested",
  "rulesRecord",
  "reserveDecided",
  "reserveBudget",
  "reserveAttested",
  "reserveRecord",
  "claimAttested",
  "claimInvoice",
  "claimAmount",
  "claimJudged",
  "claimWithdrawn",
  "claimRecord",
  "paymentApproved",
  "paymentRecord",
  "paymentEntry",
  "paymentShared",
  "paymentOnChain",
  "settlementAttested",
  "settlementRecord",
  // the books
  "fundSettings",
  "entryNumber",
  "entrySound",
  "entryDay",
  "entryOfficers",
  "entryReversal",
  "entrySchedule",
  "chargeDecided",
  "incomeShare",
  "periodNumber",
  "periodSpan",
  "periodFigures",
  "periodStatement",
  "periodOfficers",
  "balancesNumber",
  "balancesRoot",
  "balancesBuilding",
  "balancesLedger",
  "balancesBank",
  "bankAccount",
  "bankStatement",
  "reconciliationNumber",
  "bankReconciliation",
  "periodExport",
  "projectExport",
] as const;

/** What is looked at in a claim and a receipt; the verifier that lies in a bundle leaves both out. */
const CLAIM_CHECK_NAMES = [
  "claimForm",
  "claimLine",
  "claimVoted",
  "claimEntry",
  "receiptForm",
  "receiptContract",
  "receiptKey",
  "receiptSignature",
  "receiptLeaf",
  "receiptPromise",
  "receiptSealed",
  "receiptCounted",
] as const;

/** Everything that a verification can look at, in the order in which a report reads. */
export const CHECK_NAMES = [
  // the bundle
  "bundleFile",
  // the chain
  "chainId",
  "blockWhole",
  "blockSealed",
  "blockKnown",
  "contractCode",
  "contractsLinked",
  "chainConsistent",
  "stateCode",
  "stateAgrees",
  // the roll
  "rollAttested",
  "rollRecord",
  "areaPages",
  "unitLines",
  "keyPage",
  "keyRecord",
  "keysUnique",
  "keyRevoked",
  // the log
  "recordInLog",
  "recordLeaf",
  "head",
  "checkpoint",
  "headCosigned",
  "headTimestamped",
  "sealedField",
  // the meeting
  "conveneAttested",
  "meetingRecord",
  "meetingAnchored",
  "noticePeriod",
  "document",
  "extension",
  // the batches
  "batchesComplete",
  "batchSealed",
  "batchOrder",
  "batchContent",
  "batchCodes",
  "batchLapsed",
  "ballotAlone",
  // the result
  "tally",
  "outcome",
  "conclusion",
  "resultRecord",
  // what this verifier does not look at
  "funds",
  ...FUND_CHECK_NAMES,
  // a claim, where this verifier decides on none
  "claim",
  ...CLAIM_CHECK_NAMES,
] as const;

/** The name of a check; messages in every language go by it. */
export type CheckName = (typeof CHECK_NAMES)[number];
export type FundCheckName = (typeof FUND_CHECK_NAMES)[number];
export type ClaimCheckName = (typeof CLAIM_CHECK_NAMES)[number];

/** Why a check could not be made, or what exactly differs; messages go by it too. */
export type CheckDetail =
  | "missing"
  | "unreachable"
  | "malformed"
  | "dependsOnFailed"
  | "notDirectCall"
  | "notYet"
  | "unknownVerifier"
  | "notPublished"
  | "wrongTime"
  | "wrongAuthority"
  | "wrongSignature"
  | "superseded"
  | "lapsed"
  | "redacted"
  | "carriedOver"
  | "differs"
  | SealFault
  | "notListed"
  | "notProven"
  | "leftOut"
  | "undecided";

/** One check: what was expected and what was found, as texts that people can compare. */
export type Check = {
  name: CheckName;
  /** Which one of several: the number of a batch or motion, a page, an address; empty when there is only one. */
  subject: string;
  status: "ok" | "failed" | "notChecked";
  expected?: string;
  found?: string;
  detail?: CheckDetail;
};

/** `failed` as soon as one check failed; `incomplete` when none failed and one could not be made. */
export type Verdict = "ok" | "failed" | "incomplete";

/** The whole outcome of a verification. */
export type Report = { verdict: Verdict; checks: Check[] };

/** What a comparison compares. */
export type Comparison = {
  name: CheckName;
  subject?: string | number | undefined;
  expected: unknown;
  found: unknown;
  detail?: CheckDetail | undefined;
};

/** A text in which objects with the same fields read the same, whatever their order. */
function show(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === undefined) return "";
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === "bigint") return String(part);
    if (part === null || typeof part !== "object" || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** Details that leave a question open, as against those that answer it. */
const CANNOT_TELL: readonly CheckDetail[] = [
  "missing",
  "unreachable",
  "dependsOnFailed",
  "notDirectCall",
  "notYet",
  "notPublished",
  "unknownVerifier",
  "notProven",
  "leftOut",
  "undecided",
];

/** Details that are told of a check that passed, too. */
const WORTH_SAYING: readonly CheckDetail[] = ["redacted", "carriedOver"];

/** Collects checks; every method returns whether the check passed, so that what depends on it can be left out. */
export class Checks {
  readonly list: Check[] = [];

  /** Passes when both sides read the same. */
  equal(comparison: Comparison): boolean {
    return this.that(show(comparison.expected) === show(comparison.found), comparison);
  }

  /** Passes when `passed`. */
  that(passed: boolean, { name, subject = "", expected, found, detail }: Comparison): boolean {
    const check: Check = {
      name,
      subject: String(subject),
      status: passed ? "ok" : "failed",
      expected: show(expected),
      found: show(found),
    };
    if (detail && (!passed || WORTH_SAYING.includes(detail))) check.detail = detail;
    this.list.push(check);
    return passed;
  }

  /** Notes a fault that was looked for: passes without one, fails with one, unless the fault is that nobody can tell. */
  faultless(name: CheckName, subject: string | number, fault: CheckDetail | undefined): boolean {
    if (fault && CANNOT_TELL.includes(fault)) return this.skip(name, subject, fault);
    const comparison = { expected: "", found: fault, detail: fault };
    return this.that(fault === undefined, { name, subject, ...comparison });
  }

  /**
   * Makes a part of the checks; what it throws is taken as a failure of `name`, because only data
   * that cannot be makes it throw.
   */
  async contain<Facts>(
    name: CheckName,
    check: () => Facts | Promise<Facts>,
  ): Promise<Facts | undefined> {
    try {
      return await check();
    } catch {
      this.that(false, { name, expected: "", found: "", detail: "malformed" });
      return undefined;
    }
  }

  /** Notes that a check could not be made, and why. */
  skip(name: CheckName, subject: string | number, detail: CheckDetail): false {
    this.list.push({ name, subject: String(subject), status: "notChecked", detail });
    return false;
  }

  /** The report of all checks so far, in the order of `CHECK_NAMES`. */
  report(): Report {
    const checks = [...this.list].sort(
      (a, b) => CHECK_NAMES.indexOf(a.name) - CHECK_NAMES.indexOf(b.name),
    );
    return { verdict: verdictOf(checks), checks };
  }
}

/** The verdict over a list of checks; without any check there is nothing to call ok. */
export function verdictOf(checks: readonly Check[]): Verdict {
  if (checks.some(({ status }) => status === "failed")) return "failed";
  const incomplete = checks.length === 0 || checks.some(({ status }) => status === "notChecked");
  return incomplete ? "incomplete" : "ok";
}
