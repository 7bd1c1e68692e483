import type { FsckContext, Subject } from "../subject.ts";
import { inspectBank } from "./bank.ts";
import { inspectBooks, inspectNumbers } from "./books.ts";
import { inspectDrafts } from "./drafts.ts";
import { inspectEntries } from "./entries.ts";
import { inspectFlags } from "./flags.ts";
import { inspectLedgers } from "./ledgers.ts";
import { paymentsSubject } from "./payments.ts";
import { inspectProjects } from "./projects.ts";
import { inspectBalances, inspectDecided, inspectPeriods } from "./published.ts";

const NUMBERED = ["FundEntry", "FundPeriod", "FundBalances", "FundSettings"];

/** The books of both funds. */
const booksSubject: Subject = {
  name: "books",
  tables: {
    FundBooks: { onlyHere: [] },
    FundEntry: { onlyHere: [] },
    FundPosting: { onlyHere: [] },
    FundUnitPosting: { onlyHere: [] },
    FundAccount: { onlyHere: [] },
    FundBuilding: { onlyHere: [] },
    FundUnit: { onlyHere: [] },
    FundSettings: { onlyHere: [] },
    FundPeriod: { onlyHere: [] },
    FundBalances: { onlyHere: [] },
    FundBalanceLeaf: { onlyHere: [] },
    FundCheck: { onlyHere: ["id"] },
    // What a rehearsal showed, and how the officer wanted the units to share.
    FundDraft: { onlyHere: ["preview", "createdAt", "closedAt"] },
  },
  async inspect(context: FsckContext) {
    await inspectEntries(context);
    await inspectLedgers(context);
    await inspectDecided(context);
    await inspectPeriods(context);
    await inspectBalances(context);
    await inspectBooks(context);
    await inspectDrafts(context);
    for (const table of NUMBERED) await inspectNumbers(context, table);
  },
};

/** Accounts at banks. */
const bankSubject: Subject = {
  name: "bank",
  tables: {
    BankBooks: { onlyHere: [] },
    BankAccount: { onlyHere: ["mapping"] },
    BankStatement: { onlyHere: [] },
    // Which line it is of a file that is not public.
    BankLine: { onlyHere: ["identity", "valueDate"] },
    BankReconciliation: { onlyHere: [] },
    BankSettledEntry: { onlyHere: [] },
    BankOrganisation: { onlyHere: ["name", "markedAt"] },
  },
  inspect: inspectBank,
};

/** What the formulas found. */
const flagsSubject: Subject = {
  name: "flags",
  tables: {
    FlagBooks: { onlyHere: [] },
    // A keyed hash, by which the same finding is not raised twice.
    FundFlag: { onlyHere: ["key"] },
    FundFlagAnswer: { onlyHere: [] },
  },
  inspect: inspectFlags,
};

/** Projects from plan to payment. */
const projectsSubject: Subject = {
  name: "projects",
  tables: {
    ProjectBooks: { onlyHere: [] },
    Project: { onlyHere: [] },
    ProjectStep: { onlyHere: [] },
    ProjectInvoice: { onlyHere: [] },
    ProjectDocument: { onlyHere: ["createdAt"] },
  },
  inspect: inspectProjects,
};

/** Of both funds: the books, the banks, the flags, the projects and their payments. */
export const fundSubjects: readonly Subject[] = [
  booksSubject,
  bankSubject,
  flagsSubject,
  projectsSubject,
  paymentsSubject,
];
