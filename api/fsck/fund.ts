import type { Subject } from "./subject.ts";

/** The books, the bank, the flags and the projects. */
export const fundSubject: Subject = {
  name: "fund",
  tables: Object.fromEntries(
    [
      ...[
        "FundBooks",
        "FundEntry",
        "FundPosting",
        "FundUnitPosting",
        "FundSettings",
        "FundAccount",
      ],
      ...["FundBuilding", "FundUnit", "BankBooks", "BankAccount", "BankStatement", "BankLine"],
      ...["BankReconciliation", "BankSettledEntry", "BankOrganisation"],
      ...["FundDraft", "FundPeriod", "FundBalances", "FundBalanceLeaf", "FundCheck"],
      ...["FlagBooks", "FundFlag", "FundFlagAnswer"],
      ...["ProjectBooks", "Project", "ProjectStep", "ProjectInvoice", "ProjectDocument"],
    ].map((name) => [name, "notYet"]),
  ),
  inspect: () => Promise.resolve(),
};
