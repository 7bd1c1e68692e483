// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BatchTree} from "./BatchTree.sol";
import {BY_VOTER, COUNTED, SUPERSEDED} from "./Codes.sol";
import {IAssembly} from "./IAssembly.sol";
import {Opening, Openings, Sheet} from "./Opening.sol";
import {Outcome} from "./Outcome.sol";
import {Poll} from "./Poll.sol";
import {Sheets} from "./Sheets.sol";
import {Turns} from "./Turns.sol";

/// @title Tally: heads and area by motion, origin and option
/// @notice A tally is one word: four lanes of 64 bits, lane 0 invalid, 1 for, 2 against, 3 abstain, each
/// `heads << 48 | area`. A roll has at most 65,535 heads and less than 2^48 of area, so no lane can overflow into
/// the next.
library Tally {
    using Openings for Opening;

    uint256 private constant AREA_BITS = 48;

    /// @notice Counts the ballots of a batch that has been read and found to be what was sealed.
    /// @return codes What became of every ballot.
    function count(
        Poll storage poll,
        uint256 batch,
        uint8 origin,
        Opening memory opening
    ) internal returns (bytes memory codes) {
        codes = new bytes(opening.count);
        bool hasSingles = poll.meeting.singles > 0;
        uint256 index = type(uint256).max;
        uint256 bits;
        for (uint256 i = 0; i < codes.length; ++i) {
            uint256 verdict = opening.verdicts[i];
            uint8 code = uint8(verdict);
            if (code == COUNTED) {
                uint256 voter = verdict >> 16;
                // Ballots are sorted, so voters of one word follow each other: it is read and written once.
                if (voter / 256 != index) {
                    if (index != type(uint256).max) poll.counted[index] = bits;
                    index = voter / 256;
                    bits = poll.counted[index];
                }
                uint256 bit = 1 << (voter % 256);
                bool isFirst = bits & bit == 0;
                bits |= bit;
                if (!isFirst && hasSingles) {
                    (isFirst, code) = _meetSingle(poll, batch, opening, i);
                } else if (!isFirst) {
                    code = SUPERSEDED;
                }
                if (isFirst) opening.sheets[uint8(verdict >> 8)].weight += weightOf(opening.areaOf(voter));
            }
            codes[i] = bytes1(code);
        }
        if (index != type(uint256).max) poll.counted[index] = bits;
        _add(poll, origin, opening.sheets);
    }

    /// @notice Counts a ballot opened alone. It takes the place of one that was opened alone before and comes later
    /// in the order.
    /// @return isCounted False if another ballot of this voter stands.
    function countSingle(
        Poll storage poll,
        uint256 voter,
        uint256 area,
        IAssembly.Single memory single
    ) internal returns (bool isCounted) {
        uint256 bit = 1 << (voter % 256);
        if (poll.counted[voter / 256] & bit != 0) {
            IAssembly.Single memory former = poll.singles[voter];
            if (former.leaf == 0 || !Turns.precedes(poll, single.batch, former.batch)) return false;
            _takeOff(poll, voter, former, area);
        }
        poll.counted[voter / 256] |= bit;
        poll.singles[voter] = single;
        ++poll.meeting.singles;

        Sheet[] memory sheets = new Sheet[](1);
        sheets[0].answers = single.answers;
        sheets[0].weight = weightOf(area);
        _add(poll, originOf(poll, single.batch), sheets);
        return true;
    }

    /// @notice The origin of a batch, whoever sealed it.
    function originOf(Poll storage poll, uint256 batch) internal view returns (uint8) {
        return uint8(uint256(poll.commitments[batch])) & ~BY_VOTER;
    }

    /// @notice One head with its area.
    function weightOf(uint256 area) internal pure returns (uint256) {
        return (1 << AREA_BITS) | area;
    }

    /// @notice Heads and area of one lane.
    function read(uint256 tally, uint256 lane) internal pure returns (Outcome.Totals memory) {
        uint256 value = uint64(tally >> (64 * lane));
        return Outcome.Totals({heads: value >> AREA_BITS, areaE4: value & ((1 << AREA_BITS) - 1)});
    }

    /// @dev A ballot of this voter stands already. It may be this very one, opened alone before; or one that was
    /// opened alone and gives way.
    function _meetSingle(
        Poll storage poll,
        uint256 batch,
        Opening memory opening,
        uint256 index
    ) private returns (bool isFirst, uint8 code) {
        uint256 voter = opening.verdicts[index] >> 16;
        IAssembly.Single memory single = poll.singles[voter];
        if (single.leaf == 0) return (false, SUPERSEDED);
        if (single.batch == batch) {
            if (single.leaf != bytes26(BatchTree.leafAt(opening.tree, index))) return (false, SUPERSEDED);
            delete poll.singles[voter];
            return (false, COUNTED);
        }
        if (!Turns.precedes(poll, batch, single.batch)) return (false, SUPERSEDED);
        _takeOff(poll, voter, single, opening.areaOf(voter));
        return (true, COUNTED);
    }

    function _takeOff(
        Poll storage poll,
        uint256 voter,
        IAssembly.Single memory single,
        uint256 area
    ) private {
        uint8 origin = originOf(poll, single.batch);
        for (uint256 motion = 0; motion < poll.meeting.motions; ++motion) {
            poll.tallies[motion][origin] -= weightOf(area) << (64 * Sheets.answerTo(single.answers, motion));
        }
        delete poll.singles[voter];

        emit IAssembly.BallotReplaced(poll.number, single.batch, voter);
    }

    function _add(Poll storage poll, uint8 origin, Sheet[] memory sheets) private {
        uint256 motions = poll.meeting.motions;
        for (uint256 motion = 0; motion < motions; ++motion) {
            uint256 sum;
            for (uint256 i = 0; i < sheets.length; ++i) {
                sum += sheets[i].weight << (64 * Sheets.answerTo(sheets[i].answers, motion));
            }
            if (sum > 0) poll.tallies[motion][origin] += sum;
        }
    }
}
