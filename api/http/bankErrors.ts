// Errors of bank statements, part of the catalogue in errors.ts.

/** A bank's file that cannot be read. */
export const BANK_FILE_ERRORS = {
  BankFormatUnknown: 415,
  BankVersionUnknown: 415,
  BankEncodingInvalid: 422,
  BankXmlUnsafe: 422,
  BankFileMalformed: 422,
  BankFileTruncated: 422,
  BankSchemaInvalid: 422,
  BankSchemaUnusable: 422,
  BankStructureInvalid: 422,
  BankStatementMissing: 422,
  BankColumnsMissing: 422,
} as const;

/** What keeps a statement that could be read from being imported. */
export const BANK_PROBLEMS = {
  BankAmountMissing: 422,
  BankAmountMalformed: 422,
  BankAmountExponent: 422,
  BankAmountDecimals: 422,
  BankAmountNegative: 422,
  BankAmountTwice: 422,
  BankDirectionUnknown: 422,
  BankDateMissing: 422,
  BankDateInvalid: 422,
  BankDatesAmbiguous: 422,
  BankCurrencyUnknown: 422,
  BankCurrencyDiffers: 422,
  BankAccountDiffers: 422,
  BankLineNotUnderstood: 422,
  BankOpeningMissing: 422,
  BankClosingMissing: 422,
  BankSumDiffers: 422,
  BankBalanceDiffers: 422,
  BankTotalDiffers: 422,
  BankStatementGap: 422,
  BankStatementOverlap: 422,
} as const;

/** Accounts, lines and what they belong to. */
export const BANK_STATE_ERRORS = {
  BankAccountNotFound: 404,
  BankAccountExists: 409,
  BankStatementNotFound: 404,
  BankLineNotFound: 404,
  BankLineSettled: 409,
  BankEntryElsewhere: 422,
  BankEntrySettled: 409,
  BankLinkEmpty: 422,
  BankLinkDiffers: 422,
  BankReconciliationNotFound: 404,
  BankReconciliationUndone: 409,
  FlagNotFound: 404,
} as const;
