// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Memory} from "@openzeppelin/contracts/utils/Memory.sol";

import {IRegistry} from "../registry/IRegistry.sol";
import {Pages} from "../registry/Pages.sol";
import {BAD_SIGNATURE, COUNTED, REVOKED_KEY, UNKNOWN_KEY} from "./Codes.sol";
import {IAssembly} from "./IAssembly.sol";
import {IAssemblyErrors} from "./IAssemblyErrors.sol";
import {KeySignature} from "./KeySignature.sol";
import {Opening, Openings, Sheet} from "./Opening.sol";
import {Poll} from "./Poll.sol";
import {Tally} from "./Tally.sol";
import {Words} from "./Words.sol";

/// @notice A page of keys in memory.
/// @param place The page as the upper half of a key's place.
/// @param kind Kind of its keys.
/// @param ballotBytes Bytes of a ballot by such a key.
/// @param count Number of entries.
/// @param entryBytes Bytes of an entry.
/// @param keyShift Where a key ends in a word that begins with it.
/// @param entries The entries; in those that are revoked the key is struck out.
/// @param revoked One bit for each entry; empty when none is revoked.
struct KeyEntries {
    uint256 place;
    uint256 kind;
    uint256 ballotBytes;
    uint256 count;
    uint256 entryBytes;
    uint256 keyShift;
    bytes entries;
    uint256[] revoked;
}

/// @title Ballots: reads the ballots of a batch, judges each, and counts those that stand
/// @dev Nothing is lost by counting before the root of the batch is known: if it is not the sealed one, all reverts.
library Ballots {
    using Openings for Opening;

    /// @dev `uint16 position ‖ uint8 message` before the signature (paper: `uint16 voter ‖ uint8 message`).
    uint256 private constant HEADER_BYTES = 3;
    uint256 private constant HEADER_SHIFT = 256 - 8 * HEADER_BYTES;

    /// @dev `uint16 voter` before the key id in an entry of a key page.
    uint256 private constant VOTER_BYTES = 2;
    uint256 private constant VOTER_SHIFT = 256 - 8 * VOTER_BYTES;

    /// @dev A header and `bytes32 scan`.
    uint256 private constant PAPER_BYTES = HEADER_BYTES + 32;

    /// @notice Reads and counts a batch of owners' ballots.
    function countOwn(Poll storage poll, Opening memory opening, IAssembly.Group[] calldata groups) internal {
        IRegistry.KeyPage[] memory pages = new IRegistry.KeyPage[](groups.length);
        uint256 ballots;
        for (uint256 i = 0; i < groups.length; ++i) {
            // Were a page to come twice, whoever opens could choose the order of its ballots.
            if (i > 0 && groups[i].page <= groups[i - 1].page) {
                revert IAssemblyErrors.AssemblyBallotsUnsorted(ballots);
            }
            pages[i] = opening.registry.getKeyPage(opening.roll, groups[i].page);
            ballots += _countEntries(groups[i].ballots, HEADER_BYTES + KeySignature.length(pages[i].kind));
        }

        opening.begin(ballots);
        for (uint256 i = 0; i < groups.length; ++i) {
            // A page of keys is large: its memory is used again.
            Memory.Pointer free = Memory.getFreeMemoryPointer();
            _countGroup(poll, opening, _load(opening, pages[i], groups[i].page), groups[i].ballots);
            Memory.unsafeSetFreeMemoryPointer(free);
        }
    }

    /// @notice Reads and counts a batch of paper ballots. Tellers have signed for them as a whole.
    function countPaper(Poll storage poll, Opening memory opening, bytes calldata ballots) internal {
        opening.begin(_countEntries(ballots, PAPER_BYTES));
        uint256 nextVoter;
        bytes32 lastLeaf;
        for (uint256 offset = 0; offset < ballots.length; offset += PAPER_BYTES) {
            uint256 header = uint256(Words.load(ballots, offset)) >> HEADER_SHIFT;
            uint256 voter = header / 256;
            Sheet memory sheet = opening.sheets[header % 256];
            bytes32 scan = Words.load(ballots, offset + HEADER_BYTES);
            bytes32 leaf = keccak256(abi.encodePacked(uint16(voter), sheet.hash, scan));
            if (voter < nextVoter) _requireTie(opening, voter + 1 == nextVoter, lastLeaf, leaf);
            (nextVoter, lastLeaf) = (voter + 1, leaf);

            uint256 code = voter < opening.voters ? sheet.code : UNKNOWN_KEY;
            if (code == COUNTED) code = Tally.claim(poll, opening, sheet, voter, leaf);
            opening.push(leaf, code);
        }
    }

    /// @notice The code of one ballot by a key that is bound to a voter.
    function judge(
        Sheet memory sheet,
        IRegistry.Key memory key,
        bytes calldata signature
    ) internal view returns (uint256 code) {
        if (key.revoked) return REVOKED_KEY;
        return KeySignature.verifyBy(key, sheet.hash, signature) ? sheet.code : BAD_SIGNATURE;
    }

    /// @dev The inner loop: everything in it is done for every ballot, so it is written for gas.
    function _countGroup(
        Poll storage poll,
        Opening memory opening,
        KeyEntries memory keys,
        bytes calldata ballots
    ) private {
        Sheet[] memory sheets = opening.sheets;
        uint256 nextPosition;
        bytes32 lastLeaf;
        unchecked {
            for (uint256 offset = 0; offset < ballots.length; offset += keys.ballotBytes) {
                uint256 header = uint256(Words.load(ballots, offset)) >> HEADER_SHIFT;
                uint256 position = header / 256;
                Sheet memory sheet = sheets[header % 256];
                bytes calldata signature = Words.part(
                    ballots,
                    offset + HEADER_BYTES,
                    keys.ballotBytes - HEADER_BYTES
                );
                bytes32 leaf = Words.hashLeaf(keys.place | position, sheet.hash, signature);
                if (position < nextPosition) {
                    _requireTie(opening, position + 1 == nextPosition, lastLeaf, leaf);
                }
                (nextPosition, lastLeaf) = (position + 1, leaf);

                uint256 code = UNKNOWN_KEY;
                if (position < keys.count) {
                    uint256 entry = position * keys.entryBytes;
                    uint256 voter = Words.peek(keys.entries, entry) >> VOTER_SHIFT;
                    if (voter < opening.voters) {
                        uint256 keyId = Words.peek(keys.entries, entry + VOTER_BYTES) >> keys.keyShift;
                        if (KeySignature.verify(keys.kind, keyId, sheet.hash, signature)) {
                            code = sheet.code;
                            if (code == COUNTED) code = Tally.claim(poll, opening, sheet, voter, leaf);
                        } else {
                            code = _isRevoked(keys, position) ? REVOKED_KEY : BAD_SIGNATURE;
                        }
                    }
                }
                opening.push(leaf, code);
            }
        }
    }

    function _load(
        Opening memory opening,
        IRegistry.KeyPage memory info,
        uint16 page
    ) private view returns (KeyEntries memory keys) {
        keys.place = uint256(page) << 16;
        keys.kind = info.kind;
        keys.ballotBytes = HEADER_BYTES + KeySignature.length(info.kind);
        keys.count = info.count;
        keys.entryBytes = Pages.entryBytes(info.kind);
        keys.keyShift = 256 - 8 * Pages.keyBytes(info.kind);
        if (info.count > 0) keys.entries = Pages.load(info.store);
        if (info.revoked > 0) {
            keys.revoked = opening.registry.revocations(opening.roll, page);
            _strikeOut(keys);
        }
    }

    /// @dev A key of ones alone signs nothing: it is no P-256 point, and no address that anybody has the key of. So the
    /// inner loop need not look whether a key is revoked unless a signature fails.
    function _strikeOut(KeyEntries memory keys) private pure {
        for (uint256 position = 0; position < keys.count; ++position) {
            if (!_isRevoked(keys, position)) continue;
            uint256 start = position * keys.entryBytes;
            for (uint256 i = VOTER_BYTES; i < keys.entryBytes; ++i) keys.entries[start + i] = 0xff;
        }
    }

    function _isRevoked(KeyEntries memory keys, uint256 position) private pure returns (bool) {
        return keys.revoked.length > 0 && (keys.revoked[position / 256] >> (position % 256)) & 1 == 1;
    }

    function _countEntries(bytes calldata ballots, uint256 entryBytes) private pure returns (uint256) {
        if (ballots.length == 0 || ballots.length % entryBytes != 0) {
            revert IAssemblyErrors.AssemblyBallotsMalformed(ballots.length, entryBytes);
        }
        return ballots.length / entryBytes;
    }

    /// @dev Ballots of one place ascend by leaf: one order for every batch, so that of two ballots of one voter nobody
    /// can choose the one that stands.
    function _requireTie(Opening memory opening, bool isTie, bytes32 lastLeaf, bytes32 leaf) private pure {
        require(isTie && leaf >= lastLeaf, IAssemblyErrors.AssemblyBallotsUnsorted(opening.count));
    }
}
