import type { Subject } from "./subject.ts";

/** The books, the bank and the flags. */
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
    ].map((name) => [name, "notYet"]),
  ),
  inspect: () => Promise.resolve(),
};
