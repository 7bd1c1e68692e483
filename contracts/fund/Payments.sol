// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {IRegistry} from "../registry/IRegistry.sol";
import {APPROVER} from "../registry/Roles.sol";
import {Claims} from "./Claims.sol";
import {FundTerms} from "./FundTerms.sol";
import {IFund} from "./IFund.sol";

/// @title Payments: the part of the Fund that releases what was accepted
abstract contract Payments is Claims {
    bytes32 private constant SETTLE_TYPEHASH = keccak256(
        "Settle(uint256 reservation,string paidYuan,string freedYuan,bytes32 record)"
    );

    /// @inheritdoc IFund
    function release(
        uint256 claim,
        Signature[] calldata signatures,
        IRegistry.Attestation[] calldata attestations
    ) external override {
        Claim memory taken = _take(claim);
        uint256 wallets = signatures.length;
        bytes32[] memory approvers = new bytes32[](wallets + attestations.length);
        require(approvers.length >= taken.approvals, FundApprovalsTooFew(approvers.length, taken.approvals));
        bytes32 digest = _hashTypedDataV4(taken.release);
        for (uint256 i = 0; i < wallets; ++i) {
            _add(approvers, i, taken.author, _recover(digest, signatures[i]));
        }
        for (uint256 i = 0; i < attestations.length; ++i) {
            bytes32 officerId = _requireSigned(digest, APPROVER, attestations[i]);
            _add(approvers, wallets + i, taken.author, officerId);
        }

        emit PaymentReleased(claim, taken.amount, approvers);
    }

    /// @inheritdoc IFund
    function settle(
        uint256 reservation,
        bytes32 record,
        IRegistry.Attestation[2] calldata attestations
    ) external override {
        Reservation storage reserved = _requireRunning(reservation);
        _requireNoClaims(reservation, reserved.milestones);
        uint64 paid = reserved.accepted;
        uint64 freed = reserved.amount - paid;
        bytes32 paidYuan = FundTerms.hashYuan(paid);
        bytes32 freedYuan = FundTerms.hashYuan(freed);
        _requireOfficers(
            keccak256(abi.encode(SETTLE_TYPEHASH, reservation, paidYuan, freedYuan, record)),
            attestations
        );

        reserved.amount = paid;
        reserved.isSettled = true;
        _requireAccount(reserved.fund).committed -= freed;

        emit ReservationSettled(reservation, paid, freed, record);
    }

    /// @dev A signature over anything else recovers somebody who is no approver.
    function _recover(bytes32 digest, Signature calldata signature) private view returns (bytes32 officerId) {
        (address signer, ECDSA.RecoverError fault, ) = ECDSA.tryRecover(digest, signature.r, signature.vs);
        officerId = keccak256(abi.encodePacked(signer));
        require(fault == ECDSA.RecoverError.NoError, FundSignatureInvalid(officerId, digest));
        _requireRole(officerId, APPROVER);
    }

    function _add(bytes32[] memory approvers, uint256 count, bytes20 author, bytes32 officerId) private pure {
        require(bytes20(officerId) != author, FundAuthorActs(officerId));
        for (uint256 i = 0; i < count; ++i) require(approvers[i] != officerId, FundApproverTwice(officerId));
        approvers[count] = officerId;
    }
}
