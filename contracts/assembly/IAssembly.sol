// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRegistry} from "../registry/IRegistry.sol";
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
interface IAssembly is IAssemblyErrors {
    /// @notice How far a meeting has come.
    enum Stage {
        None,
        Announced,
        Open,
        /// Closed to owners; paper that arrived in time is still being entered.
        Paper,
        Counting,
        /// Counted; objections are heard.
        Preliminary,
        Final
    }

    /// @notice What two officers sign to convene a meeting.
    /// @param roll The roll that votes; it serves this meeting only.
    /// @param record Leaf hash of the meeting's record in the log.
    /// @param items Item of Civil Code Art. 278 para. 1 (1 to 9) of each motion; 1 to 16 motions.
    /// @param opensAt Voting opens.
    /// @param closesAt Voting closes.
    /// @param noticeSeconds Notice to be given before opening.
    /// @param paperSeconds Time after closing in which paper is entered.
    /// @param revealSeconds Time after that in which every batch may wait for its turn to be opened.
    /// @param objectionSeconds Time from the count to the final result.
    /// @param conflict Which ballot of a voter stands: 0 the newest, 1 the oldest, 2 paper first and then the newest.
    /// @param invalidParticipates Whether invalid ballots take part (and so count against the motion).
    struct Convocation {
        uint256 roll;
        bytes32 record;
        uint8[] items;
        uint64 opensAt;
        uint64 closesAt;
        uint32 noticeSeconds;
        uint32 paperSeconds;
        uint32 revealSeconds;
        uint32 objectionSeconds;
        uint8 conflict;
        bool invalidParticipates;
    }

    /// @notice A meeting as the chain keeps it.
    /// @param opensAt Voting opens.
    /// @param closesAt Voting closes.
    /// @param paperSeconds Time after closing in which paper is entered.
    /// @param revealSeconds Time after that in which every batch may wait for its turn to be opened.
    /// @param objectionSeconds Time from the count to the final result.
    /// @param motions Number of motions.
    /// @param conflict Conflict policy.
    /// @param invalidParticipates Whether invalid ballots take part.
    /// @param batches Number of sealed batches.
    /// @param roll The roll that votes.
    /// @param progressedAt Time of the last opening or lapse; 0 before the first.
    /// @param concludedAt Time of the conclusion; 0 before.
    /// @param done How many batches have been opened or have lapsed.
    /// @param lapsed How many of them have lapsed.
    /// @param last The batch whose turn was last, if `done` is not 0.
    /// @param papers How many of the batches are paper.
    /// @param singles How many ballots have been opened alone.
    /// @param items Items of the motions, four bits each, motion 0 in the lowest.
    struct Meeting {
        uint40 opensAt;
        uint40 closesAt;
        uint32 paperSeconds;
        uint32 revealSeconds;
        uint32 objectionSeconds;
        uint8 motions;
        uint8 conflict;
        bool invalidParticipates;
        uint16 batches;
        uint16 papers;
        // a word ends here
        uint40 progressedAt;
        uint40 concludedAt;
        uint16 done;
        uint16 lapsed;
        uint16 last;
        uint16 singles;
        uint32 roll;
        uint64 items;
    }

    /// @notice What many ballots of a batch have in common: the sheet, and how it was signed.
    /// @param form How the signing hash follows from the sheet's digest: 0 plain, 1 sha256, 2 webauthn.
    /// @param answers The sheet.
    /// @param envelope For webauthn `uint16 length ‖ authenticatorData ‖ clientDataJSON`, else empty.
    struct Message {
        uint8 form;
        uint32 answers;
        bytes envelope;
    }

    /// @notice The ballots of a batch whose keys stand on one page.
    /// @param page The key page; groups ascend by page.
    /// @param ballots `uint16 position ‖ uint8 message ‖ signature` each: 67 bytes on a page of secp256k1 keys, 99
    /// on a page of P-256 keys; sorted by position and leaf.
    struct Group {
        uint16 page;
        bytes ballots;
    }

    /// @notice One ballot, to be opened alone.
    /// @param place Where its key stands in the roll.
    /// @param message The sheet, and how it was signed.
    /// @param signature 64 bytes (secp256k1) or 96 (P-256).
    struct Ballot {
        IRegistry.KeyPlace place;
        Message message;
        bytes signature;
    }

    /// @notice A voter's signature over his own seal.
    /// @param place Where his key stands in the roll.
    /// @param form 0 plain, 1 sha256, 2 webauthn.
    /// @param envelope For webauthn `uint16 length ‖ authenticatorData ‖ clientDataJSON`, else empty.
    /// @param signature 64 bytes (secp256k1) or 96 (P-256).
    struct OwnSeal {
        IRegistry.KeyPlace place;
        uint8 form;
        bytes envelope;
        bytes signature;
    }

    /// @notice The ballot that stands for a voter because it was opened alone.
    /// @param batch The batch that it was sealed in.
    /// @param answers Its sheet.
    /// @param leaf The first 26 bytes of its leaf; zero where no ballot opened alone stands for the voter.
    struct Single {
        uint16 batch;
        uint32 answers;
        bytes26 leaf;
    }

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
