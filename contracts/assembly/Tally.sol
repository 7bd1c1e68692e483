// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {BY_VOTER, COUNTED, SUPERSEDED} from "./Codes.sol";
import {IAssembly} from "./IAssembly.sol";
import {Opening, Openings, Sheet} from "./Opening.sol";
import {Outcome} from "./Outcome.sol";
import {Poll} from "./Poll.sol";
import {Sheets} from "./Sheets.sol";
import {Turns} from "./Turns.sol";
import {Words} from "./Words.sol";

/// @title Tally: heads and area by motion, origin and option
/// @notice A tally is one word: four lanes of 64 bits, lane 0 invalid, 1 for, 2 against, 3 abstain, each
/// `heads << 48 | area`. A roll has at most 65,535 heads and less than 2^48 of area, so no lane can overflow into
/// the next.
library Tally {
    using Openings for Opening;

    uint256 private constant AREA_BITS = 48;
    uint256 private constant ONE_HEAD = 1 << AREA_BITS;

    /// @notice Counts a ballot that is good in itself, unless another ballot of the voter stands.
    /// @return code COUNTED or SUPERSEDED.
    function claim(
        Poll storage poll,
        Opening memory opening,
        Sheet memory sheet,
        uint256 voter,
        bytes32 leaf
    ) internal returns (uint256 code) {
        // Ballots are sorted, so the voters of one word follow each other: it is read and written once.
        if (voter / 256 != opening.word) {
            poll.counted[opening.word] = opening.bits;
            opening.word = voter / 256;
            opening.bits = poll.counted[opening.word];
        }
        uint256 bit = 1 << (voter % 256);
        if (opening.bits & bit != 0) {
            bool stands;
            (stands, code) = _meetSingle(poll, opening, voter, leaf);
            if (!stands) return code;
        }
        opening.bits |= bit;
        unchecked {
            // Nearly every roll has its areas on one page.
            uint256 area =
                voter < opening.areasPerPage
                    ? Words.peek(opening.areas, voter * opening.areaBytes) >> opening.areaShift
                    : opening.areaOf(voter);
            sheet.weight += ONE_HEAD | area;
        }
        return COUNTED;
    }

    /// @notice Writes down what the ballots of a batch have come to.
    function finish(Poll storage poll, Opening memory opening) internal {
        poll.counted[opening.word] = opening.bits;

        uint8 origin = originOf(poll, opening.batch);
        Sheet[] memory sheets = opening.sheets;
        uint256 motions = poll.meeting.motions;
        for (uint256 motion = 0; motion < motions; ++motion) {
            uint256 sum;
            for (uint256 i = 0; i < sheets.length; ++i) {
                sum += _toLane(sheets[i].weight, sheets[i].answers, motion);
            }
            if (sum > 0) poll.tallies[motion][origin] += sum;
        }
    }

    /// @notice The origin of a batch, whoever sealed it.
    function originOf(Poll storage poll, uint256 batch) internal view returns (uint8) {
        return uint8(uint256(poll.commitments[batch])) & ~BY_VOTER;
    }

    /// @notice Heads and area of one lane.
    function read(uint256 tally, uint256 lane) internal pure returns (Outcome.Totals memory) {
        uint256 value = uint64(tally >> (64 * lane));
        return Outcome.Totals({heads: value >> AREA_BITS, areaE4: value & (ONE_HEAD - 1)});
    }

    /// @dev A ballot of this voter stands already. It may be this very one, opened alone before; or one that was
    /// opened alone and gives way.
    function _meetSingle(
        Poll storage poll,
        Opening memory opening,
        uint256 voter,
        bytes32 leaf
    ) private returns (bool stands, uint8 code) {
        IAssembly.Single memory single = poll.singles[voter];
        if (single.leaf == 0) return (false, SUPERSEDED);
        if (single.batch == opening.batch) {
            if (single.leaf != bytes26(leaf)) return (false, SUPERSEDED);
            delete poll.singles[voter];
            return (false, COUNTED);
        }
        if (!Turns.precedes(poll, opening.batch, single.batch)) return (false, SUPERSEDED);
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
            poll.tallies[motion][origin] -= _toLane(ONE_HEAD | area, single.answers, motion);
        }
        delete poll.singles[voter];

        emit IAssembly.BallotReplaced(poll.number, single.batch, voter);
    }

    function _toLane(uint256 weight, uint32 answers, uint256 motion) private pure returns (uint256) {
        return weight << (64 * Sheets.answerTo(answers, motion));
    }
}
