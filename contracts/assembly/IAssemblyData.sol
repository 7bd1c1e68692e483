// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRegistry} from "../registry/IRegistry.sol";

/// @title IAssemblyData: what the assembly is told, and what it keeps
interface IAssemblyData {
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
    /// @param plans Hash of the plan by which each motion uses a fund (docs/SPEC.md, section 9), zero where it uses none.
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
        bytes32[] plans;
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
}
