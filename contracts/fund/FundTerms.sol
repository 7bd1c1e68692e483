// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {IFundData} from "./IFundData.sol";

/// @title FundTerms: hashes of plans and milestones, and amounts as people read them
library FundTerms {
    bytes32 private constant RELEASE_TYPEHASH = keccak256(
        "Release(string payee,string accountTail,string amountYuan,string title,bytes32 invoice,uint256 claim,"
        "uint256 reservation,uint256 milestone)"
    );

    /// @notice The hash of a plan, as a convocation names it.
    function hashPlan(IFundData.Plan calldata plan) internal pure returns (bytes32) {
        bytes32 payee = keccak256(abi.encode(plan.payee.name, plan.payee.accountTail, plan.payee.account));
        return keccak256(abi.encode(plan.fund, plan.budget, payee, plan.scope, plan.rule));
    }

    /// @notice The hash of a list of milestones.
    function hashMilestones(IFundData.Milestone[] calldata milestones) internal pure returns (bytes32) {
        return keccak256(abi.encode(milestones));
    }

    /// @notice The hash that a reservation keeps.
    function hash(IFundData.Terms calldata terms) internal pure returns (bytes32) {
        return keccak256(abi.encode(hashPlan(terms.plan), hashMilestones(terms.milestones)));
    }

    /// @notice The struct hash of what approvers sign for a claim.
    function hashRelease(
        uint256 claim,
        uint256 reservation,
        IFundData.Terms calldata terms,
        IFundData.Submission calldata submission
    ) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    RELEASE_TYPEHASH,
                    keccak256(bytes(terms.plan.payee.name)),
                    keccak256(bytes(terms.plan.payee.accountTail)),
                    hashYuan(submission.amount),
                    keccak256(bytes(terms.milestones[submission.milestone].title)),
                    submission.invoice,
                    claim,
                    reservation,
                    submission.milestone
                )
            );
    }

    /// @notice The hash of an amount as its signer reads it: yuan with two decimals, such as `997357.77`.
    function hashYuan(uint256 amount) internal pure returns (bytes32) {
        uint256 fen = amount % 100;
        return
            keccak256(
                abi.encodePacked(Strings.toString(amount / 100), fen < 10 ? ".0" : ".", Strings.toString(fen))
            );
    }
}
