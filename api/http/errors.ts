import { BANK_FILE_ERRORS, BANK_PROBLEMS, BANK_STATE_ERRORS } from "./bankErrors.ts";
import { CONTRACT_ERRORS } from "./contractErrors.ts";
import { PROJECT_ERRORS } from "./projectErrors.ts";

/**
 * The one catalogue: every error that the rules may answer with, and its HTTP status. An error without a row here
 * does not compile. 400 not understood, 401 not logged in, 403 not allowed, 404 unknown, 409 the state of things
 * forbids it (now), 413 too large, 415 kind of file, 422 understood but wrong, 429 too often, 503 later.
 */
const HTTP_ERRORS = {
  InputInvalid: 400,
  BodyMalformed: 400,
  BodyTooLarge: 413,
  FileMissing: 400,
  FileTooLarge: 413,
  FileKindNotAllowed: 415,
  FileKindDiffers: 415,
  RouteNotFound: 404,
  OriginNotAllowed: 403,
  LoginRequired: 401,
  ChallengeUnknown: 401,
  ChallengeExpired: 401,
  SignatureInvalid: 401,
  PasskeySiteDiffers: 401,
  OperatorTokenRequired: 401,
  RoleRequired: 403,
  OwnerRequired: 403,
  TooManyRequests: 429,
  IdempotencyKeyReused: 422,
  IdempotencyInProgress: 409,
  ServiceStopping: 503,
  InternalError: 500,
} as const;

const REGISTRY_ERRORS = {
  CommunityNotFound: 404,
  CommunityExists: 409,
  CommunityNotReady: 409,
  OfficerExists: 409,
  OfficerRolesConflict: 422,
  OfficerSignerInvalid: 422,
  OfficerRoleUnfilled: 422,
  SetupCodeWrong: 401,
  FoundingNotFound: 404,
  FoundingClosed: 409,
  SeatNotFound: 404,
  SeatCodeUnknown: 404,
  SeatCodeExpired: 409,
  SeatNotInvited: 409,
  SeatNotClaimed: 409,
  SeatKeyTaken: 409,
  SeatUnconfirmed: 409,
  ProposalNotFound: 404,
  ProposalClosed: 409,
  AttestationSignerUnknown: 403,
  AttestationInvalid: 422,
  AttestationRoleMissing: 403,
  AttestationSameOfficer: 409,
  ImportNotFound: 404,
  ImportFileUnreadable: 422,
  ImportHeaderMissing: 422,
  ImportEmpty: 422,
  ImportRejected: 409,
  RollNotFound: 404,
  RegisterDiffers: 409,
  RollPending: 409,
  RollNotFrozen: 409,
  RollScopeEmpty: 422,
  RollTooLarge: 422,
  VoterNotFound: 404,
  InvitationUnknown: 404,
  InvitationExpired: 409,
  InvitationUsed: 409,
  EnrolmentNoneWaiting: 409,
  EnrolmentNotWaiting: 409,
  KeyTaken: 409,
  KeyNotFound: 404,
  KeyRevoked: 409,
} as const;

const ANCHOR_ERRORS = {
  RecordNotFound: 404,
  RecordTooLarge: 422,
  CheckpointNotFound: 404,
  TileNotFound: 404,
  LogSizeUnknown: 404,
  DocumentNotFound: 404,
  FieldNotSealed: 404,
  FieldRedacted: 409,
  InspectionTooSoon: 429,
} as const;

// Where a contract says the same, its name is used: see contractErrors.ts.
const ASSEMBLY_ERRORS = {
  PlanItemNotAllowed: 422,
  PlanScopeUnknown: 422,
  PlanFactorsInvalid: 422,
  SealingDelayed: 503,
  BallotAnswersIncomplete: 422,
  BallotOptionUnknown: 422,
  BallotFormInvalid: 422,
  BallotSignatureInvalid: 422,
  BallotMeetingDiffers: 422,
  BallotReplaced: 409,
  BallotStands: 409,
  BallotNotFound: 404,
  PaperNotFound: 404,
  PaperStands: 409,
  PaperNotWaiting: 409,
  PaperTellerSame: 403,
  PaperNoneChecked: 409,
  BulletinNotAnchored: 409,
  ObjectionNotOpen: 409,
  TalkLimitReached: 409,
  TalkNotFound: 404,
  TalkNotOnRoll: 403,
} as const;

// Those of an entry are named by protocol/fund/entry.ts.
const FUND_ERRORS = {
  EntryPostingsMissing: 422,
  EntryPostingsUnbalanced: 422,
  EntryAccountUnknown: 422,
  EntryAccountTwice: 422,
  EntryAmountInvalid: 422,
  EntryFundMixed: 422,
  EntryKindDiffers: 422,
  EntryUnitsMissing: 422,
  EntryUnitsUnexpected: 422,
  EntryUnitTwice: 422,
  EntryUnitSignsMixed: 422,
  EntryUnitsDiffer: 422,
  EntryUnitUnknown: 422,
  EntryDateAhead: 422,
  EntryDateBefore: 422,
  EntryOverdraws: 409,
  EntryUnitOverdrawn: 409,
  EntrySpreadMissing: 422,
  ScheduleDiffers: 422,
  ScopeEmpty: 422,
  ScopeUnknown: 422,
  FactorInvalid: 422,
  WeightZero: 422,
  EntryNotFound: 404,
  EntryReversed: 409,
  EntryNotReversible: 409,
  PeriodClosed: 409,
  PeriodNotOver: 422,
  PeriodEmpty: 422,
  PeriodNotFound: 404,
  ProjectsNone: 404,
  PeriodDraftsWaiting: 409,
  DraftNotFound: 404,
  DraftClosed: 409,
  DraftConfirmerSame: 403,
  BalancesLinesOpen: 409,
  SettingsMissing: 409,
  IncomeShareNothing: 409,
  IncomeShareDone: 409,
  IncomeSharePeriodInvalid: 422,
  DepositListInvalid: 422,
  UnitNotFound: 404,
} as const;

const STATUS = {
  ...HTTP_ERRORS,
  ...REGISTRY_ERRORS,
  ...ANCHOR_ERRORS,
  ...ASSEMBLY_ERRORS,
  ...FUND_ERRORS,
  ...BANK_FILE_ERRORS,
  ...BANK_PROBLEMS,
  ...BANK_STATE_ERRORS,
  ...PROJECT_ERRORS,
  ...CONTRACT_ERRORS,
} as const;

export type ErrorCode = keyof typeof STATUS;
export type BankProblemCode = keyof typeof BANK_PROBLEMS;

/** Figures and identifiers only: what a person entered, or who it is, never goes into an error. */
export type ErrorParams = Readonly<
  Record<string, string | number | boolean | readonly (string | number)[]>
>;

/** The rules say no. Everything else that is thrown is a bug. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;

  constructor(code: ErrorCode, params: ErrorParams = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = "DomainError";
    this.code = code;
    this.params = params;
  }
}

export const statusOf = (code: ErrorCode): number => STATUS[code];
export const ERROR_CODES = Object.keys(STATUS) as ErrorCode[];

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(STATUS, code);
