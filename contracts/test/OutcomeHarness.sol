// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Outcome} from "../assembly/Outcome.sol";

/// @title OutcomeHarness: lets tests call the library
/// @notice For tests only; nothing deploys it elsewhere.
contract OutcomeHarness {
    /// @notice One tally of a batch.
    struct Case {
        Outcome.Regime regime;
        uint8 item;
        Outcome.Totals total;
        Outcome.Totals participating;
        Outcome.Totals inFavour;
    }

    /// @notice Decides one tally.
    function decide(Case calldata one) external pure returns (Outcome.Result) {
        return _decide(one);
    }

    /// @notice Decides many tallies in one call, so that random tests stay quick.
    function decideMany(Case[] calldata many) external pure returns (Outcome.Result[] memory results) {
        results = new Outcome.Result[](many.length);
        for (uint256 i = 0; i < many.length; ++i) results[i] = _decide(many[i]);
    }

    function _decide(Case calldata one) private pure returns (Outcome.Result) {
        return Outcome.decide(one.regime, one.item, one.total, one.participating, one.inFavour);
    }
}
