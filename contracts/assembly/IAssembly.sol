// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRegistry} from "../registry/IRegistry.sol";
import {IAssemblyData} from "./IAssemblyData.sol";
import {IAssemblyErrors} from "./IAssemblyErrors.sol";
import {Outcome} from "./Outcome.sol";

/// @title IAssembly: the owners vote, sealed first and counted afterwards
/// @notice While the vote is open, ballots enter the chain as hashes of batches, which say nothing about them. After
/// closing the batches are opened in an order fixed beforehand; every ballot's signature is checked against the roll,
/// and its head and area are added to its motions' tallies.
/// @dev All areas are in 1e-4 m², all times are Unix seconds. Signed messages are EIP-712 in this contract's domain;
/// docs/SPEC.md, sections 1 and 4, gives their types and the leaves.
///
/// `answers` packs one sheet: two bits per motion, motion 0 in the lowest: 1 for, 2 against, 3 abstain, 0 blank
/// (paper only).
///
/// A tally is one word per motion and origin: four lanes of 64 bits, lane 0 invalid, 1 for, 2 against, 3 abstain,
/// each `heads << 48 | area`.
interface IAssembly is IAssemblyData, IAssemblyErrors {
    /// @notice A meeting has been convened.
    event MeetingConvened(uint256 indexed meeting, uint256 indexed roll, Convocation convocation);

    /// @notice A meeting has been extended, before its old end.
    event MeetingExtended(uint256 indexed meeting, uint64 closesAt, bytes32 record);

    /// @notice A batch of ballots has been sealed. `origin` is 0 own or 1 paper, 128 added where the voter sealed it
    /// himself; `count` is what the sealer says, and shows when the batch is opened.
    event BatchSealed(
        uint256 indexed meeting,
        uint256 indexed batch,
        uint8 origin,
        bytes32 root,
        uint256 count
    );

    /// @notice A batch has been opened; `codes` has one byte for each ballot, in order.
    event BatchCounted(uint256 indexed meeting, uint256 indexed batch, uint8 origin, bytes codes);

    /// @notice A ballot has been opened alone and counted.
    event BallotCounted(
        uint256 indexed meeting,
        uint256 indexed batch,
        uint256 indexed voter,
        uint32 answers,
        bytes32 leaf
    );

    /// @notice A ballot that was opened alone gave way to one that precedes it; its head and area were taken off.
    event BallotReplaced(uint256 indexed meeting, uint256 indexed batch, uint256 indexed voter);

    /// @notice A batch was not opened in time.
    event BatchLapsed(uint256 indexed meeting, uint256 indexed batch);

    /// @notice A motion has been decided; the tallies are summed over all origins.
    event MotionDecided(
        uint256 indexed meeting,
        uint256 indexed motion,
        Outcome.Result outcome,
        uint256 tally
    );

    /// @notice The count is over; the outcomes are preliminary until `finalAt`.
    event MeetingConcluded(uint256 indexed meeting, uint64 finalAt);

    /// @notice Convenes a meeting.
    /// @param convocation What is voted on, by whom and when.
    /// @param attestations A registrar's and a committee officer's signature over `Convene(...)`.
    /// @return meeting The meeting's number, from 1.
    function convene(
        Convocation calldata convocation,
        IRegistry.Attestation[2] calldata attestations
    ) external returns (uint256 meeting);

    /// @notice Extends a meeting, before its old end and to a later one.
    /// @param meeting The meeting.
    /// @param closesAt The new end.
    /// @param record Leaf hash of the extension's record in the log.
    /// @param attestations A registrar's and a committee officer's signature over
    /// `Extend(uint256 meeting,uint64 closesAt,bytes32 record)`.
    function extend(
        uint256 meeting,
        uint64 closesAt,
        bytes32 record,
        IRegistry.Attestation[2] calldata attestations
    ) external;

    /// @notice Seals a batch of owners' ballots while voting is open. Relayers only.
    /// @param meeting The meeting.
    /// @param root Root of the tree of the ballots' leaves.
    /// @param count Number of ballots.
    /// @return batch The batch's number, from 0 within the meeting.
    function seal(uint256 meeting, bytes32 root, uint16 count) external returns (uint256 batch);

    /// @notice Seals a voter's single ballot by himself while voting is open: nobody can keep him from voting.
    /// @param meeting The meeting.
    /// @param leaf The ballot's leaf.
    /// @param own His signature, by a bound key, over `Seal(uint256 meeting,bytes32 leaf,uint256 nonce)`, where
    /// `nonce` is how often he has sealed in this meeting before.
    /// @return batch The batch's number.
    function sealOwn(uint256 meeting, bytes32 leaf, OwnSeal calldata own) external returns (uint256 batch);

    /// @notice Seals a batch of paper ballots, from opening until the time for paper is over.
    /// @param meeting The meeting.
    /// @param root Root of the tree of the ballots' leaves.
    /// @param count Number of ballots.
    /// @param attestations Two tellers' signatures over
    /// `PaperBatch(uint256 meeting,bytes32 root,uint16 count)`; they seal once.
    /// @return batch The batch's number.
    function sealPaper(
        uint256 meeting,
        bytes32 root,
        uint16 count,
        IRegistry.Attestation[2] calldata attestations
    ) external returns (uint256 batch);

    /// @notice Opens and counts the batch whose turn it is, of owners' ballots. Anybody. A ballot that does not count
    /// is skipped with a code; only content that is not what was sealed reverts.
    /// @param meeting The meeting.
    /// @param batch The batch; it must be its turn.
    /// @param messages The sheets in it, and how they were signed; at most 256.
    /// @param groups The ballots by key page.
    function openBatch(
        uint256 meeting,
        uint256 batch,
        Message[] calldata messages,
        Group[] calldata groups
    ) external;

    /// @notice Opens and counts the batch whose turn it is, of paper ballots. Anybody.
    /// @param meeting The meeting.
    /// @param batch The batch; it must be its turn.
    /// @param answers The sheets in it; at most 256.
    /// @param ballots `uint16 voter ‖ uint8 message ‖ bytes32 scan` each, 35 bytes, sorted by voter and leaf.
    function openPaper(
        uint256 meeting,
        uint256 batch,
        uint32[] calldata answers,
        bytes calldata ballots
    ) external;

    /// @notice Opens and counts one owner's ballot from a batch whose turn has not come. Anybody who holds it.
    /// A ballot of the same voter that precedes it in the order of the conflict policy takes its place later.
    /// @param meeting The meeting.
    /// @param batch The batch that it was sealed in.
    /// @param ballot The ballot.
    /// @param proof Its path in the tree of the batch.
    function openBallot(
        uint256 meeting,
        uint256 batch,
        Ballot calldata ballot,
        bytes32[] calldata proof
    ) external;

    /// @notice Declares the batch whose turn it is lapsed, when nobody has opened it in time. Anybody.
    function lapse(uint256 meeting, uint256 batch) external;

    /// @notice Ends the count when no batch is left. Anybody.
    function conclude(uint256 meeting) external;

    /// @notice The community's Registry.
    function registry() external view returns (IRegistry);

    /// @notice Number of meetings so far, which is the number of the last.
    function meetingCount() external view returns (uint256);

    /// @notice A meeting.
    function getMeeting(uint256 meeting) external view returns (Meeting memory);

    /// @notice The hash of the plan that a motion carries; zero where it carries none. Whether its item allows the use
    /// of a fund is for the Fund to say.
    function planOf(uint256 meeting, uint256 motion) external view returns (bytes32);

    /// @notice How far a meeting has come, at the time of the block.
    function stage(uint256 meeting) external view returns (Stage);

    /// @notice A sealed batch: its root with the lowest byte replaced by the origin.
    function commitment(uint256 meeting, uint256 batch) external view returns (bytes32);

    /// @notice The batch whose turn it is, if any is left.
    function nextBatch(uint256 meeting) external view returns (bool any, uint256 batch);

    /// @notice A tally word. It is zero until the count.
    /// @param meeting The meeting.
    /// @param motion The motion, from 0.
    /// @param origin 0 own, 1 paper.
    function tally(uint256 meeting, uint256 motion, uint8 origin) external view returns (uint256);

    /// @notice What a motion came to. Only after the conclusion.
    function outcome(uint256 meeting, uint256 motion) external view returns (Outcome.Result);

    /// @notice Whether a ballot of this voter has been counted.
    function hasCounted(uint256 meeting, uint256 voter) external view returns (bool);

    /// @notice The ballot opened alone that stands for a voter, if any.
    function getSingle(uint256 meeting, uint256 voter) external view returns (Single memory);

    /// @notice How often a voter has sealed a ballot himself: the nonce of his next seal.
    function ownSeals(uint256 meeting, uint256 voter) external view returns (uint256);

    /// @notice The digest that a voter signs for a sheet; for answers that are no sheet, the digest of paper.
    function sheetDigest(uint256 meeting, uint32 answers) external view returns (bytes32);
}
