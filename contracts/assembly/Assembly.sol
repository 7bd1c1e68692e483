// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRegistry} from "../registry/IRegistry.sol";
import {Counting} from "./Counting.sol";
import {Meetings} from "./Meetings.sol";

/// @title Assembly
/// @dev A meeting passes through its parts in this order: Meetings convenes, Sealing takes the ballots in, Counting
/// opens them and decides. Nothing can be upgraded.
contract Assembly is Counting {
    constructor(IRegistry registry_) Meetings(registry_) {}
}
