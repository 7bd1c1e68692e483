// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IAssembly} from "./IAssembly.sol";
import {Poll} from "./Poll.sol";

/// @title Turns: in which order the batches of a meeting are opened
/// @notice The first ballot of a voter that is opened stands, so the order is the conflict policy.
library Turns {
    uint8 internal constant NEWEST_FIRST = 0;
    uint8 internal constant OLDEST_FIRST = 1;
    uint8 internal constant PAPER_FIRST = 2;

    /// @notice The batch whose turn it is; there must be one left.
    function next(Poll storage poll) internal view returns (uint256) {
        IAssembly.Meeting storage meeting = poll.meeting;
        if (meeting.conflict == NEWEST_FIRST) return meeting.batches - 1 - meeting.done;
        if (meeting.conflict == OLDEST_FIRST) return meeting.done;
        // All paper from the last to the first, then all others from the last to the first.
        bool isPaper = meeting.done < meeting.papers;
        bool isFirst = meeting.done == 0 || meeting.done == meeting.papers;
        return _lastBelow(poll, isFirst ? meeting.batches : meeting.last, isPaper);
    }

    /// @notice Whether batch `a` is opened before batch `b`.
    function precedes(Poll storage poll, uint256 a, uint256 b) internal view returns (bool) {
        uint8 conflict = poll.meeting.conflict;
        if (conflict == PAPER_FIRST && _isPaper(poll, a) != _isPaper(poll, b)) return _isPaper(poll, a);
        return conflict == OLDEST_FIRST ? a < b : a > b;
    }

    /// @notice Whether a batch has had its turn.
    function isDone(Poll storage poll, uint256 batch) internal view returns (bool) {
        return poll.meeting.done > 0 && !precedes(poll, poll.meeting.last, batch);
    }

    /// @dev The last batch below `limit` that is paper, or is not. There is one. Owners' batches can be many thousands,
    /// and one call must always find its way, so they are passed 256 at a time.
    function _lastBelow(Poll storage poll, uint256 limit, bool isPaper) private view returns (uint256) {
        uint256 word = (limit - 1) / 256;
        uint256 mask = type(uint256).max >> (255 - ((limit - 1) % 256));
        uint256 found = _select(poll, word, isPaper) & mask;
        while (found == 0) found = _select(poll, --word, isPaper);
        return 256 * word + Math.log2(found);
    }

    function _select(Poll storage poll, uint256 word, bool isPaper) private view returns (uint256) {
        return isPaper ? poll.papers[word] : ~poll.papers[word];
    }

    function _isPaper(Poll storage poll, uint256 batch) private view returns (bool) {
        return (poll.papers[batch / 256] >> (batch % 256)) & 1 == 1;
    }
}
