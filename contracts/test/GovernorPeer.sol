// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {GovernorCountingSimple} from "@openzeppelin/contracts/governance/extensions/GovernorCountingSimple.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";

/// @title GovernorPeer: OpenZeppelin's Governor with nothing but what it needs to vote
contract GovernorPeer is Governor("Peer"), GovernorCountingSimple, GovernorVotes {
    constructor(IVotes token) GovernorVotes(token) {}

    function votingDelay() public pure override returns (uint256) {
        return 1;
    }

    function votingPeriod() public pure override returns (uint256) {
        return 100_000;
    }

    function quorum(uint256) public pure override returns (uint256) {
        return 1;
    }
}
