// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {FundDesk} from "./FundDesk.sol";

/// @title FundOffice: tells the desk to do anything in any order, with figures near the limits
/// @notice For tests only: with any figures at all hardly a claim would be within its milestone.
contract FundOffice {
    uint64 private constant LEAST = 1_000_000;

    FundDesk public immutable desk = new FundDesk();

    function credit(uint64 credited) external {
        desk.credit(LEAST + (credited % (9 * LEAST)));
    }

    function configure(uint8 approvals, uint16 overrun) external {
        desk.configure(approvals % 5, overrun % 11_000);
    }

    function reserve(uint64 budget, uint64 more, uint8 others) external {
        uint64 bounded = 1 + (budget % LEAST);
        desk.reserve(bounded, bounded - (bounded / 8) + (more % (bounded / 4 + 1)), others);
    }

    function submit(uint256 which, uint8 milestone, uint64 amount, bool reuse) external {
        uint64 limit = desk.milestoneOf(which, milestone);
        desk.submit(
            which,
            milestone,
            amount % 4 == 0 ? amount % (limit + 2) : limit,
            reuse && amount % 4 == 1
        );
    }

    function judge(uint256 which, uint8 how) external {
        desk.judge(which, how % 4 != 0, how % 8 == 1);
    }

    function withdraw(uint256 which, uint8 whether) external {
        if (whether % 4 == 0) desk.withdraw(which);
    }

    function release(uint256 which, uint256[4] calldata by, uint8 count, uint8 wallets) external {
        desk.release(which, by, count, wallets);
    }

    function settle(uint256 which, uint8 whether) external {
        if (whether % 4 == 0) desk.settle(which);
    }
}
