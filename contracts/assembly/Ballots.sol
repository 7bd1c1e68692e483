// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Memory} from "@openzeppelin/contracts/utils/Memory.sol";

import {IRegistry} from "../registry/IRegistry.sol";
import {Pages} from "../registry/Pages.sol";
import {BAD_SIGNATURE, COUNTED, REVOKED_KEY, UNKNOWN_KEY, UNKNOWN_OPTION} from "./Codes.sol";
import {IAssembly} from "./IAssembly.sol";
import {IAssemblyErrors} from "./IAssemblyErrors.sol";
import {KeySignature} from "./KeySignature.sol";
import {Opening, Openings, Sheet} from "./Opening.sol";

/// @notice A page of keys in memory.
/// @param number The page.
/// @param kind Kind of its keys.
/// @param count Number of entries.
/// @param entries The entries.
/// @param revoked One bit for each entry; empty when none is revoked.
struct KeyEntries {
    uint16 number;
    uint8 kind;
    uint256 count;
    bytes entries;
    uint256[] revoked;
}

/// @title Ballots: reads the ballots of a batch and judges each on its own
library Ballots {
    using Openings for Opening;

    /// @dev `uint16 position ‖ uint8 message` before the signature.
    uint256 private constant HEADER_BYTES = 3;

    /// @dev `uint16 voter ‖ uint8 message ‖ bytes32 scan`.
    uint256 private constant PAPER_BYTES = 35;

    /// @notice Reads a batch of owners' ballots.
    function readOwn(Opening memory opening, IAssembly.Group[] calldata groups) internal view {
        IRegistry.KeyPage[] memory pages = new IRegistry.KeyPage[](groups.length);
        uint256 ballots;
        for (uint256 i = 0; i < groups.length; ++i) {
            // Without ascending groups the same key could stand in two, in an order that the opener chooses.
            require(
                i == 0 || groups[i].page > groups[i - 1].page,
                IAssemblyErrors.AssemblyBallotsUnsorted(ballots)
            );
            pages[i] = opening.registry.getKeyPage(opening.roll, groups[i].page);
            ballots += _countEntries(groups[i].ballots, HEADER_BYTES + KeySignature.length(pages[i].kind));
        }

        opening.begin(ballots);
        for (uint256 i = 0; i < groups.length; ++i) _readGroup(opening, pages[i], groups[i]);
    }

    /// @notice Reads a batch of paper ballots. Tellers have signed for them as a whole.
    function readPaper(Opening memory opening, bytes calldata ballots) internal view {
        opening.begin(_countEntries(ballots, PAPER_BYTES));
        uint256 lastVoter;
        bytes32 lastLeaf;
        for (uint256 offset = 0; offset < ballots.length; offset += PAPER_BYTES) {
            bytes calldata ballot = ballots[offset:offset + PAPER_BYTES];
            uint256 voter = uint16(bytes2(ballot));
            uint256 index = uint8(ballot[2]);
            Sheet memory sheet = opening.sheetAt(index);
            bytes32 leaf = keccak256(abi.encodePacked(bytes2(ballot), sheet.hash, ballot[3:]));
            require(
                _isSorted(lastVoter, lastLeaf, voter, leaf),
                IAssemblyErrors.AssemblyBallotsUnsorted(opening.count)
            );
            (lastVoter, lastLeaf) = (voter, leaf);

            uint8 code = sheet.isComplete ? COUNTED : UNKNOWN_OPTION;
            opening.push(leaf, _verdict(voter, index, voter < opening.voters ? code : UNKNOWN_KEY));
        }
    }

    /// @notice The leaf of an owner's ballot.
    /// @dev It names the key's place rather than the voter: else whoever opens a batch could hold a ballot against
    /// another, revoked key of the same voter.
    function leafOf(
        uint16 page,
        bytes2 position,
        bytes32 hash,
        bytes calldata signature
    ) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(page, position, hash, signature));
    }

    /// @notice The code of a ballot by a key that is bound to a voter on the roll.
    function judge(
        Sheet memory sheet,
        IRegistry.Key memory key,
        bytes calldata signature
    ) internal view returns (uint8) {
        if (key.revoked) return REVOKED_KEY;
        if (!sheet.isSignable) return BAD_SIGNATURE;
        if (!KeySignature.verify(key.kind, key.keyId, sheet.hash, signature)) return BAD_SIGNATURE;
        return sheet.isComplete ? COUNTED : UNKNOWN_OPTION;
    }

    function _readGroup(
        Opening memory opening,
        IRegistry.KeyPage memory info,
        IAssembly.Group calldata group
    ) private view {
        // A page of keys is large, and so are many leaves: their memory is used again.
        Memory.Pointer beforePage = Memory.getFreeMemoryPointer();
        KeyEntries memory keys = _load(opening, info, group.page);
        Memory.Pointer beforeBallot = Memory.getFreeMemoryPointer();

        bytes calldata ballots = group.ballots;
        uint256 entryBytes = HEADER_BYTES + KeySignature.length(keys.kind);
        uint256 lastPosition;
        bytes32 lastLeaf;
        for (uint256 offset = 0; offset < ballots.length; offset += entryBytes) {
            bytes calldata ballot = ballots[offset:offset + entryBytes];
            uint256 position = uint16(bytes2(ballot));
            bytes32 leaf = _readBallot(opening, keys, ballot);
            require(
                _isSorted(lastPosition, lastLeaf, position, leaf),
                IAssemblyErrors.AssemblyBallotsUnsorted(opening.count - 1)
            );
            (lastPosition, lastLeaf) = (position, leaf);
            Memory.unsafeSetFreeMemoryPointer(beforeBallot);
        }
        Memory.unsafeSetFreeMemoryPointer(beforePage);
    }

    function _readBallot(
        Opening memory opening,
        KeyEntries memory keys,
        bytes calldata ballot
    ) private view returns (bytes32 leaf) {
        uint256 index = uint8(ballot[2]);
        Sheet memory sheet = opening.sheetAt(index);
        leaf = leafOf(keys.number, bytes2(ballot), sheet.hash, ballot[HEADER_BYTES:]);
        uint256 position = uint16(bytes2(ballot));
        if (position >= keys.count) {
            opening.push(leaf, _verdict(0, index, UNKNOWN_KEY));
            return leaf;
        }
        (uint256 voter, address keyId) = Pages.keyAt(keys.entries, position);
        if (voter >= opening.voters) {
            opening.push(leaf, _verdict(voter, index, UNKNOWN_KEY));
            return leaf;
        }
        IRegistry.Key memory key = IRegistry.Key({
            voter: uint16(voter),
            kind: keys.kind,
            keyId: keyId,
            revoked: _isRevoked(keys, position)
        });
        opening.push(leaf, _verdict(voter, index, judge(sheet, key, ballot[HEADER_BYTES:])));
    }

    function _load(
        Opening memory opening,
        IRegistry.KeyPage memory info,
        uint16 page
    ) private view returns (KeyEntries memory keys) {
        keys.number = page;
        keys.kind = info.kind;
        keys.count = info.count;
        if (info.count > 0) keys.entries = Pages.load(info.store);
        if (info.revoked > 0) keys.revoked = opening.registry.revocations(opening.roll, page);
    }

    function _isRevoked(KeyEntries memory keys, uint256 position) private pure returns (bool) {
        return keys.revoked.length > 0 && (keys.revoked[position / 256] >> (position % 256)) & 1 == 1;
    }

    function _countEntries(bytes calldata ballots, uint256 entryBytes) private pure returns (uint256) {
        require(
            ballots.length > 0 && ballots.length % entryBytes == 0,
            IAssemblyErrors.AssemblyBallotsMalformed(ballots.length, entryBytes)
        );
        return ballots.length / entryBytes;
    }

    /// @dev One order for every batch, so that of two ballots of one voter nobody can choose the one that stands.
    function _isSorted(
        uint256 lastPlace,
        bytes32 lastLeaf,
        uint256 place,
        bytes32 leaf
    ) private pure returns (bool) {
        return place > lastPlace || (place == lastPlace && leaf >= lastLeaf);
    }

    function _verdict(uint256 voter, uint256 sheet, uint8 code) private pure returns (uint256) {
        return (voter << 16) | (sheet << 8) | code;
    }
}
