import type { ContractErrorName } from "viem";
import type { anchorAbi } from "../../protocol/abi/anchor.ts";
import type { assemblyAbi } from "../../protocol/abi/assembly.ts";
import type { fundAbi } from "../../protocol/abi/fund.ts";
import type { registryAbi } from "../../protocol/abi/registry.ts";

type ErrorName = ContractErrorName<
  typeof registryAbi | typeof anchorAbi | typeof assemblyAbi | typeof fundAbi
>;

/**
 * The contracts' errors, under their own names, with the status that a route answers when it meets one or knows
 * beforehand that the contract would say so. An error that is added to a contract does not compile without a row.
 */
export const CONTRACT_ERRORS = {
  // OpenZeppelin's, which only a fault of ours can bring about.
  CloneArgumentsTooLong: 500,
  FailedDeployment: 500,
  InsufficientBalance: 500,
  InvalidShortString: 500,
  StringTooLong: 500,

  RegistryAreaBytesInvalid: 422,
  RegistryAreaPageInvalid: 422,
  RegistryAreasDiffer: 422,
  RegistryAssemblyAlreadySet: 409,
  RegistryAttestationInvalid: 422,
  RegistryBuildingsDiffer: 422,
  RegistryKeyAlreadyRevoked: 409,
  RegistryKeyKindUnknown: 422,
  RegistryKeyPageInvalid: 422,
  RegistryKeyUnknown: 404,
  RegistryKeysClosed: 409,
  RegistryKeysDiffer: 422,
  RegistryLastOfficer: 409,
  RegistryNotAssembly: 403,
  RegistryNotDeployer: 403,
  RegistryNotRelayer: 403,
  RegistryRoleMissing: 403,
  RegistryRolesIncompatible: 422,
  RegistryRollAssigned: 409,
  RegistryRollNotAssigned: 409,
  RegistryRollNotNext: 409,
  RegistryRollUnknown: 404,
  RegistrySameOfficer: 409,
  RegistrySignerInvalid: 422,
  RegistryTotalAreaDiffers: 422,
  RegistryTotalAreaInvalid: 422,
  RegistryVoterUnknown: 404,
  RegistryVotersInvalid: 422,

  AnchorHeadNotLarger: 409,
  AnchorHistoryDiffers: 409,
  AnchorNotRelayer: 403,
  AnchorProofLengthInvalid: 422,
  AnchorRootDiffers: 422,

  AssemblyBallotNotCounted: 422,
  AssemblyBallotsMalformed: 422,
  AssemblyBallotsUnsorted: 422,
  AssemblyBatchDone: 409,
  AssemblyBatchNotNext: 409,
  AssemblyBatchSizeInvalid: 422,
  AssemblyBatchUnknown: 404,
  AssemblyBatchesLeft: 409,
  AssemblyConcluded: 409,
  AssemblyConflictUnknown: 422,
  AssemblyCountNotStarted: 409,
  AssemblyExtensionNotLater: 422,
  AssemblyFormUnknown: 422,
  AssemblyKeyRevoked: 409,
  AssemblyLapseTooEarly: 409,
  AssemblyMeetingUnknown: 404,
  AssemblyMotionUnknown: 404,
  AssemblyMotionsInvalid: 422,
  AssemblyNotConcluded: 409,
  AssemblyNotRelayer: 403,
  AssemblyNoticeTooShort: 422,
  AssemblyOriginDiffers: 422,
  AssemblyPaperAlreadySealed: 409,
  AssemblyPaperClosed: 409,
  AssemblyPlansInvalid: 422,
  AssemblyRootDiffers: 422,
  AssemblySealLimitReached: 409,
  AssemblySealSignatureInvalid: 422,
  AssemblyTooManyBatches: 409,
  AssemblyVotingClosed: 409,
  AssemblyVotingNotOpen: 409,
  AssemblyWindowInvalid: 422,
  OutcomeInFavourExceedsParticipating: 422,
  OutcomeItemUnknown: 422,
  OutcomeParticipatingExceedsTotal: 422,
  OutcomeTotalEmpty: 422,

  FundApprovalsInvalid: 422,
  FundCreditTooLow: 409,
  FundOverrunInvalid: 422,
  FundUnknown: 404,
} as const satisfies Record<ErrorName, number>;
