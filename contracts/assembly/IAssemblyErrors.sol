// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IAssemblyErrors: how the assembly says no
interface IAssemblyErrors {
    /// @notice There is no such meeting.
    error AssemblyMeetingUnknown(uint256 meeting);

    /// @notice A meeting has 1 to 16 motions.
    error AssemblyMotionsInvalid(uint256 motions);

    /// @notice Every motion has its plan, or a zero in its place.
    error AssemblyPlansInvalid(uint256 plans, uint256 motions);

    /// @notice There is no such motion.
    error AssemblyMotionUnknown(uint256 meeting, uint256 motion);

    /// @notice A meeting opens before it closes, and closes in this age of the world.
    error AssemblyWindowInvalid(uint64 opensAt, uint64 closesAt);

    /// @notice With the notice asked for, voting could open at `earliest`.
    error AssemblyNoticeTooShort(uint64 opensAt, uint256 earliest);

    /// @notice There is no such conflict policy.
    error AssemblyConflictUnknown(uint8 conflict);

    /// @notice Voting has not opened.
    error AssemblyVotingNotOpen(uint256 meeting, uint256 opensAt);

    /// @notice Voting has closed.
    error AssemblyVotingClosed(uint256 meeting, uint256 closedAt);

    /// @notice Paper could be entered until `closedAt`.
    error AssemblyPaperClosed(uint256 meeting, uint256 closedAt);

    /// @notice An extension moves the end to a later time.
    error AssemblyExtensionNotLater(uint256 meeting, uint64 closesAt, uint256 current);

    /// @notice Only relayers seal batches of others' ballots.
    error AssemblyNotRelayer(address account);

    /// @notice A batch has 1 to 256 ballots.
    error AssemblyBatchSizeInvalid(uint256 count);

    /// @notice A meeting has at most 65,535 batches.
    error AssemblyTooManyBatches(uint256 meeting);

    /// @notice A voter seals at most three ballots of his own in one meeting.
    error AssemblySealLimitReached(uint256 meeting, uint256 voter);

    /// @notice A revoked key seals nothing.
    error AssemblyKeyRevoked(uint256 page, uint256 position);

    /// @notice The voter's signature over his seal does not verify.
    error AssemblySealSignatureInvalid(uint256 meeting, uint256 page, uint256 position);

    /// @notice The two tellers' signatures have sealed a batch already.
    error AssemblyPaperAlreadySealed(uint256 meeting, bytes32 root);

    /// @notice The count begins at `startsAt`.
    error AssemblyCountNotStarted(uint256 meeting, uint256 startsAt);

    /// @notice There is no such batch.
    error AssemblyBatchUnknown(uint256 meeting, uint256 batch);

    /// @notice It is the turn of another batch.
    error AssemblyBatchNotNext(uint256 meeting, uint256 batch, uint256 next);

    /// @notice The batch has been opened, or has lapsed.
    error AssemblyBatchDone(uint256 meeting, uint256 batch);

    /// @notice The batch is of another origin than this function opens.
    error AssemblyOriginDiffers(uint256 meeting, uint256 batch, uint8 origin);

    /// @notice The content is not what was sealed.
    error AssemblyRootDiffers(uint256 meeting, uint256 batch, bytes32 root);

    /// @notice The bytes are not a whole number of ballots, at least one.
    error AssemblyBallotsMalformed(uint256 length, uint256 entryBytes);

    /// @notice The ballots of a batch ascend by page, position and leaf (paper: by voter and leaf).
    error AssemblyBallotsUnsorted(uint256 index);

    /// @notice A form is 0 (plain), 1 (sha256) or 2 (webauthn).
    error AssemblyFormUnknown(uint8 form);

    /// @notice A ballot opened alone must count; `code` says why it does not.
    error AssemblyBallotNotCounted(uint256 meeting, uint256 batch, uint8 code);

    /// @notice The batch may be declared lapsed from `from` on.
    error AssemblyLapseTooEarly(uint256 meeting, uint256 batch, uint256 from);

    /// @notice Batches are left to be opened.
    error AssemblyBatchesLeft(uint256 meeting, uint256 left);

    /// @notice The meeting has been concluded.
    error AssemblyConcluded(uint256 meeting, uint256 concludedAt);

    /// @notice There is no outcome before the meeting is concluded.
    error AssemblyNotConcluded(uint256 meeting);
}
