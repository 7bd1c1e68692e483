import type { ProblemText } from "../../zh/problems.ts";
import type { bankRefusals as chinese } from "../../zh/refusals/bank.ts";

const EXPORT_AGAIN = "Export it again from the bank, unchanged.";
const ASK_BANK = "Ask the bank for a complete statement.";
const COMPARE = "Compare the line with the bank’s slip.";

export const bankRefusals: Record<keyof typeof chinese, ProblemText> = {
  BankFormatUnknown: ["This kind of file is unknown", "Use camt.053, OFX, CSV or XLSX."],
  BankVersionUnknown: ["This message is no statement", "A camt.053 statement is needed."],
  BankEncodingInvalid: ["The text is not in the encoding that it says", EXPORT_AGAIN],
  BankXmlUnsafe: ["The file declares what no statement has", "Such files are unsafe and not read."],
  BankFileMalformed: ["The file is malformed", EXPORT_AGAIN],
  BankFileTruncated: ["The file is incomplete", EXPORT_AGAIN],
  BankSchemaInvalid: ["The file is not valid by its standard", ASK_BANK],
  BankSchemaUnusable: [
    "The schema to check against cannot be used",
    "Tell the operator the error code.",
  ],
  BankStructureInvalid: ["The statement lacks something essential", ASK_BANK],
  BankStatementMissing: ["The file holds no statement", ASK_BANK],
  BankColumnsMissing: ["No columns for date and amount", "Say which column is which."],
  BankAmountMissing: ["A line has no amount", COMPARE],
  BankAmountMalformed: ["A line’s amount cannot be understood", COMPARE],
  BankAmountExponent: [
    "An amount is in scientific notation",
    "Format the column with two decimals and export again.",
  ],
  BankAmountDecimals: ["An amount has too many decimals", "Two at most."],
  BankAmountNegative: ["An amount may not be negative here", COMPARE],
  BankAmountTwice: ["A line has both income and expense", "Only one of them."],
  BankDirectionUnknown: ["A line is neither income nor expense", COMPARE],
  BankDateMissing: ["A line has no date", COMPARE],
  BankDateInvalid: ["A date does not exist or cannot be understood", COMPARE],
  BankDatesAmbiguous: ["Day and month cannot be told apart", "Say in which order they stand."],
  BankCurrencyUnknown: ["The currency is unknown", COMPARE],
  BankCurrencyDiffers: ["The currency is not the account’s", "Import each currency by itself."],
  BankAccountDiffers: ["It is another account", "Check which account you chose."],
  BankLineNotUnderstood: ["A line cannot be understood", COMPARE],
  BankOpeningMissing: ["There is no opening balance", "Enter the one on the statement."],
  BankClosingMissing: ["There is no closing balance", "Enter the one on the statement."],
  BankSumDiffers: [
    "Opening and lines do not make the closing balance",
    "Lines are missing or too many: export the whole statement.",
  ],
  BankBalanceDiffers: [
    "A line’s balance does not follow",
    "A line before it may be missing: export again.",
  ],
  BankTotalDiffers: ["The total is not the sum of the lines", EXPORT_AGAIN],
  BankStatementGap: [
    "There is a gap to the last statement",
    "Import the statements between first.",
  ],
  BankStatementOverlap: ["It overlaps the last statement and differs", "Compare both statements."],
  BankAccountNotFound: ["There is no such account", "Reload the page."],
  BankAccountExists: ["This account is registered already", "Use the one there is."],
  BankStatementNotFound: ["There is no such statement", "Reload the page."],
  BankLineNotFound: ["There is no such line", "Reload the page."],
  BankLineSettled: ["The line is settled already", "Take the earlier reconciliation back first."],
  BankEntryElsewhere: ["The entry is not in this account", "Check which fund you chose."],
  BankEntrySettled: ["The entry is settled already", "Take the earlier reconciliation back first."],
  BankLinkEmpty: ["Nothing to link was chosen", "Choose at least one of each."],
  BankLinkDiffers: ["Lines and entries differ in amount", "Find out why first."],
  BankReconciliationNotFound: ["There is no such reconciliation", "Reload the page."],
  BankReconciliationUndone: ["It was taken back already", "Once is enough."],
  FlagNotFound: ["There is no such flag", "Reload the page."],
};
