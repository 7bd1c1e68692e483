// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

/// @title WeightPeer: votes for the Governor that the gas of a ballot is compared with
contract WeightPeer is ERC20("Weight", "W"), ERC20Permit("Weight"), ERC20Votes {
    constructor(address[] memory voters) {
        for (uint256 i = 0; i < voters.length; ++i) {
            _mint(voters[i], 1 ether);
            _delegate(voters[i], voters[i]);
        }
    }

    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }
}
