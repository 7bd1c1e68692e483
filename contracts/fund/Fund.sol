// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAssembly} from "../assembly/IAssembly.sol";
import {Accounts} from "./Accounts.sol";
import {Payments} from "./Payments.sol";

/// @title Fund
/// @dev Nothing can be upgraded.
contract Fund is Payments {
    constructor(IAssembly assembly_) Accounts(assembly_) {}
}
