// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAssembly} from "../assembly/IAssembly.sol";
import {Accounts} from "./Accounts.sol";

/// @title Fund
/// @dev Nothing can be upgraded.
contract Fund is Accounts {
    constructor(IAssembly assembly_) Accounts(assembly_) {}
}
