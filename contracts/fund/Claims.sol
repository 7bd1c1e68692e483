// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {IRegistry} from "../registry/IRegistry.sol";
import {COMMITTEE} from "../registry/Roles.sol";
import {FundTerms} from "./FundTerms.sol";
import {IFund} from "./IFund.sol";
import {Reservations} from "./Reservations.sol";

/// @title Claims: the part of the Fund in which work is claimed and accepted
abstract contract Claims is Reservations {
    bytes32 private constant SUBMIT_TYPEHASH = keccak256(
        "Submit(uint256 claim,uint256 reservation,uint256 milestone,string title,string amountYuan,bytes32 invoice,"
        "bytes32 record)"
    );
    bytes32 private constant JUDGE_TYPEHASH = keccak256(
        "Judge(uint256 claim,string amountYuan,bytes32 invoice,bool isAccepted,bytes32 record)"
    );
    bytes32 private constant WITHDRAW_TYPEHASH = keccak256(
        "Withdraw(uint256 claim,string amountYuan,bytes32 invoice,bytes32 record)"
    );

    uint256 private _claimCount;
    mapping(uint256 claim => Claim) private _claims;
    mapping(uint256 reservation => mapping(uint256 milestone => uint256 claim)) private _claimOf;
    mapping(bytes32 invoice => uint256 claim) private _invoices;

    /// @inheritdoc IFund
    function submit(
        uint256 reservation,
        Terms calldata terms,
        Submission calldata submission,
        IRegistry.Attestation calldata attestation
    ) external override returns (uint256 claim) {
        Reservation storage reserved = _requireRunning(reservation);
        bytes32 hash = FundTerms.hash(terms);
        require(hash == reserved.terms, FundTermsDiffer(reservation, hash, reserved.terms));
        uint256 milestone = submission.milestone;
        _requireState(reservation, milestone, MilestoneState.Open);
        uint64 limit = terms.milestones[milestone].amount;
        uint64 amount = submission.amount;
        require(amount > 0 && amount <= limit, FundClaimAmountInvalid(amount, limit));
        require(_invoices[submission.invoice] == 0, FundInvoiceUsed(submission.invoice));
        claim = ++_claimCount;
        bytes32 digest = _hashTypedDataV4(_hashSubmit(claim, reservation, terms, submission));
        bytes32 author = _requireSigned(digest, COMMITTEE, attestation);

        _claimOf[reservation][milestone] = claim;
        _invoices[submission.invoice] = claim;
        _claims[claim] = Claim({
            release: FundTerms.hashRelease(claim, reservation, terms, submission),
            author: bytes20(author),
            amount: amount,
            approvals: reserved.approvals,
            isAccepted: false
        });

        _emitSubmitted(claim, reservation, author, submission);
    }

    /// @inheritdoc IFund
    function judge(
        ClaimPlace calldata place,
        bool isAccepted,
        bytes32 record,
        IRegistry.Attestation[2] calldata attestations
    ) external override {
        (uint256 number, Claim storage claim) = _requireClaim(place, MilestoneState.Submitted);
        bytes32 amountYuan = FundTerms.hashYuan(claim.amount);
        _requireJudges(
            claim,
            keccak256(abi.encode(JUDGE_TYPEHASH, number, amountYuan, place.invoice, isAccepted, record)),
            attestations
        );

        if (isAccepted) {
            claim.isAccepted = true;
            _requireReservation(place.reservation).accepted += claim.amount;
        } else {
            _drop(place, number);
        }

        emit ClaimJudged(number, isAccepted, record);
    }

    /// @inheritdoc IFund
    function withdraw(
        ClaimPlace calldata place,
        bytes32 record,
        IRegistry.Attestation[2] calldata attestations
    ) external override {
        (uint256 number, Claim storage claim) = _requireClaim(place, MilestoneState.Accepted);
        bytes32 amountYuan = FundTerms.hashYuan(claim.amount);
        _requireJudges(
            claim,
            keccak256(abi.encode(WITHDRAW_TYPEHASH, number, amountYuan, place.invoice, record)),
            attestations
        );

        _requireReservation(place.reservation).accepted -= claim.amount;
        _drop(place, number);

        emit ClaimWithdrawn(number, record);
    }

    /// @inheritdoc IFund
    function paidOf(uint256 reservation) external view override returns (uint256 paid) {
        Reservation storage reserved = _requireReservation(reservation);
        paid = reserved.accepted;
        for (uint256 i = 0; i < reserved.milestones; ++i) {
            Claim storage claim = _claims[_claimOf[reservation][i]];
            if (claim.isAccepted) paid -= claim.amount;
        }
    }

    /// @inheritdoc IFund
    function milestoneState(
        uint256 reservation,
        uint256 milestone
    ) external view override returns (MilestoneState) {
        return _stateOf(reservation, milestone);
    }

    /// @inheritdoc IFund
    function claimCount() external view override returns (uint256) {
        return _claimCount;
    }

    /// @inheritdoc IFund
    function claimOf(uint256 reservation, uint256 milestone) external view override returns (uint256) {
        return _claimOf[reservation][milestone];
    }

    /// @inheritdoc IFund
    function getClaim(uint256 claim) external view override returns (Claim memory) {
        return _claims[claim];
    }

    /// @inheritdoc IFund
    function isInvoiceUsed(bytes32 invoice) external view override returns (bool) {
        return _invoices[invoice] != 0;
    }

    /// @inheritdoc IFund
    function releaseDigest(uint256 claim) external view override returns (bytes32) {
        return _hashTypedDataV4(_claims[claim].release);
    }

    // ── For the payment and the settlement ──

    /// @dev Takes an accepted claim out. As it stays its milestone's claim, the milestone is paid.
    function _take(uint256 number) internal returns (Claim memory claim) {
        claim = _claims[number];
        require(claim.isAccepted, FundClaimNotAccepted(number));
        delete _claims[number];
    }

    function _requireNoClaims(uint256 reservation, uint256 milestones) internal view {
        for (uint256 i = 0; i < milestones; ++i) {
            require(_claims[_claimOf[reservation][i]].amount == 0, FundClaimsOpen(reservation, i));
        }
    }

    function _requireRole(bytes32 officerId, uint8 role) internal view {
        require(_registry.rolesOf(officerId) & role != 0, FundRoleMissing(officerId, role));
    }

    function _requireSigned(
        bytes32 digest,
        uint8 role,
        IRegistry.Attestation calldata attestation
    ) internal view returns (bytes32 officerId) {
        officerId = keccak256(attestation.signer);
        _requireRole(officerId, role);
        require(
            SignatureChecker.isValidSignatureNow(attestation.signer, digest, attestation.signature),
            FundSignatureInvalid(officerId, digest)
        );
    }

    // ── Inside ──

    function _stateOf(uint256 reservation, uint256 milestone) private view returns (MilestoneState) {
        Reservation storage reserved = _requireReservation(reservation);
        require(milestone < reserved.milestones, FundMilestoneUnknown(reservation, milestone));
        uint256 number = _claimOf[reservation][milestone];
        if (number == 0) return MilestoneState.Open;
        Claim storage claim = _claims[number];
        if (claim.amount == 0) return MilestoneState.Paid;
        return claim.isAccepted ? MilestoneState.Accepted : MilestoneState.Submitted;
    }

    function _requireState(uint256 reservation, uint256 milestone, MilestoneState wanted) private view {
        MilestoneState state = _stateOf(reservation, milestone);
        require(state == wanted, FundMilestoneStateDiffers(reservation, milestone, state));
    }

    function _requireClaim(
        ClaimPlace calldata place,
        MilestoneState wanted
    ) private view returns (uint256 number, Claim storage claim) {
        _requireState(place.reservation, place.milestone, wanted);
        number = _claimOf[place.reservation][place.milestone];
        claim = _claims[number];
        require(_invoices[place.invoice] == number, FundInvoiceDiffers(place.invoice));
    }

    function _requireJudges(
        Claim storage claim,
        bytes32 structHash,
        IRegistry.Attestation[2] calldata attestations
    ) private view {
        for (uint256 i = 0; i < 2; ++i) {
            bytes32 officerId = keccak256(attestations[i].signer);
            require(bytes20(officerId) != claim.author, FundAuthorActs(officerId));
        }
        _requireOfficers(structHash, attestations);
    }

    /// @dev The milestone is open again, and the invoice free.
    function _drop(ClaimPlace calldata place, uint256 number) private {
        delete _claims[number];
        delete _claimOf[place.reservation][place.milestone];
        delete _invoices[place.invoice];
    }

    function _hashSubmit(
        uint256 claim,
        uint256 reservation,
        Terms calldata terms,
        Submission calldata submission
    ) private pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    SUBMIT_TYPEHASH,
                    claim,
                    reservation,
                    submission.milestone,
                    keccak256(bytes(terms.milestones[submission.milestone].title)),
                    FundTerms.hashYuan(submission.amount),
                    submission.invoice,
                    submission.record
                )
            );
    }

    function _emitSubmitted(
        uint256 claim,
        uint256 reservation,
        bytes32 author,
        Submission calldata submission
    ) private {
        emit ClaimSubmitted(
            claim,
            reservation,
            submission.milestone,
            author,
            submission.amount,
            submission.invoice,
            submission.record
        );
    }
}
