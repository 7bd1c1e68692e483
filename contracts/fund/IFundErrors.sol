// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IFundData} from "./IFundData.sol";

/// @title IFundErrors: how the fund says no
interface IFundErrors {
    /// @notice There are two funds: 0 maintenance, 1 public income.
    error FundUnknown(uint8 fund);

    /// @notice What is reserved and paid stays within what was credited.
    error FundCreditTooLow(uint8 fund, uint64 credited, uint64 committed);

    /// @notice A payment asks for 2 to 16 approvals.
    error FundApprovalsInvalid(uint8 approvals);

    /// @notice An overrun is a part of the budget: at most 10,000 basis points.
    error FundOverrunInvalid(uint16 overrunBasisPoints);

    /// @notice The meeting is not final: objections are still heard, or it has not come so far.
    error FundMotionNotFinal(uint256 meeting, uint256 motion);

    /// @notice The owners did not adopt the motion.
    error FundMotionNotAdopted(uint256 meeting, uint256 motion);

    /// @notice The motion does not use a fund.
    error FundMotionWithoutPlan(uint256 meeting, uint256 motion);

    /// @notice The motion's item (Civil Code Art. 278 para. 1) does not allow the use of this fund.
    error FundItemNotAllowed(uint8 item, uint8 fund);

    /// @notice Fund, budget, payee, scope or rule are not those that the owners adopted.
    error FundPlanDiffers(bytes32 plan, bytes32 adopted);

    /// @notice A motion is reserved once.
    error FundMotionReserved(uint256 meeting, uint256 motion, uint256 reservation);

    /// @notice There is no such emergency ground.
    error FundGroundUnknown(uint8 ground);

    /// @notice Only the maintenance fund is used without a vote.
    error FundEmergencyNotMaintenance(uint8 fund);

    /// @notice A reservation has 1 to 32 milestones.
    error FundMilestonesInvalid(uint256 milestones);

    /// @notice A milestone without an amount pays nothing.
    error FundMilestoneEmpty(uint256 milestone);

    /// @notice The milestones exceed the budget and what it may be overrun by.
    error FundBudgetExceeded(uint256 amount, uint256 limit);

    /// @notice The fund has less than that left.
    error FundBalanceTooLow(uint8 fund, uint256 amount, uint256 free);

    /// @notice There is no such reservation.
    error FundReservationUnknown(uint256 reservation);

    /// @notice The reservation is over; nothing more is paid.
    error FundReservationSettled(uint256 reservation);

    /// @notice Payee, plan or milestones are not those of the reservation.
    error FundTermsDiffer(uint256 reservation, bytes32 terms, bytes32 reserved);

    /// @notice There is no such milestone.
    error FundMilestoneUnknown(uint256 reservation, uint256 milestone);

    /// @notice The milestone is not in the state that this asks for.
    error FundMilestoneStateDiffers(uint256 reservation, uint256 milestone, IFundData.MilestoneState state);

    /// @notice The claim has not been accepted, or it was paid, rejected or withdrawn, or there is none.
    error FundClaimNotAccepted(uint256 claim);

    /// @notice A claim is more than nothing and no more than its milestone.
    error FundClaimAmountInvalid(uint64 amount, uint64 limit);

    /// @notice The invoice has been submitted before.
    error FundInvoiceUsed(bytes32 invoice);

    /// @notice The claim was submitted with another invoice.
    error FundInvoiceDiffers(bytes32 invoice);

    /// @notice The officer does not hold the role that the message asks for, or somebody else signed.
    error FundRoleMissing(bytes32 officerId, uint8 role);

    /// @notice The officer's signature does not verify over this digest.
    error FundSignatureInvalid(bytes32 officerId, bytes32 digest);

    /// @notice Who submits a claim neither judges nor approves it.
    error FundAuthorActs(bytes32 officerId);

    /// @notice The payment has fewer approvals than it asks for.
    error FundApprovalsTooFew(uint256 approvals, uint256 needed);

    /// @notice An officer approves once.
    error FundApproverTwice(bytes32 officerId);

    /// @notice A claim waits for its judgement or its payment.
    error FundClaimsOpen(uint256 reservation, uint256 milestone);
}
