// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRegistry} from "../registry/IRegistry.sol";
import {IFundData} from "./IFundData.sol";
import {IFundErrors} from "./IFundErrors.sol";

/// @title IFund: money is spent as the owners decided
/// @notice The contract holds no money: banks do. It keeps what two officers attested a fund to have received, what of
/// it is reserved for which decision, and what has been paid, and it refuses what the owners did not adopt.
///
/// A decision is reserved once: payee, budget, charge scope and apportionment rule are those of the adopted motion, or
/// of an emergency that two officers attest. The work comes in milestones. An officer, the author, submits a claim
/// for one; two others judge it; what they accept is paid by the approvals of still others, in one transaction.
/// @dev There are two funds, which never mix: 0 the maintenance fund (Civil Code Art. 281), 1 the public income
/// (Art. 282). All amounts are in fen, all times are Unix seconds. Signed messages are EIP-712 in this contract's
/// domain; docs/SPEC.md, sections 1 and 9, gives their types and the hash of a plan.
interface IFund is IFundData, IFundErrors {
    /// @notice The total that a fund received has been attested anew.
    event FundCredited(uint8 indexed fund, uint64 credited, bytes32 record);

    /// @notice A fund's rules have been set.
    event RulesSet(uint8 indexed fund, Rules rules);

    /// @notice Money has been set aside for an adopted motion.
    event MotionReserved(
        uint256 indexed reservation,
        uint256 indexed meeting,
        uint256 indexed motion,
        bytes32 plan,
        bytes32 milestones,
        bytes32 record
    );

    /// @notice Money has been set aside for an emergency.
    event EmergencyReserved(
        uint256 indexed reservation,
        uint8 indexed ground,
        bytes32 plan,
        bytes32 milestones,
        bytes32 record
    );

    /// @notice A claim has been submitted for a milestone.
    event ClaimSubmitted(
        uint256 indexed claim,
        uint256 indexed reservation,
        uint256 indexed milestone,
        bytes32 author,
        uint64 amount,
        bytes32 invoice,
        bytes32 record
    );

    /// @notice A claim has been accepted or rejected.
    event ClaimJudged(uint256 indexed claim, bool isAccepted, bytes32 record);

    /// @notice A claim that had been accepted has been taken back.
    event ClaimWithdrawn(uint256 indexed claim, bytes32 record);

    /// @notice The payment of a claim has been released by these officers.
    event PaymentReleased(uint256 indexed claim, uint64 amount, bytes32[] approvers);

    /// @notice A reservation is over; what was not paid is free again.
    event ReservationSettled(uint256 indexed reservation, uint64 paid, uint64 freed, bytes32 record);

    /// @notice Sets the total that a fund received. It may go down, for a correction, but not below what is committed.
    /// @param fund 0 maintenance, 1 public income.
    /// @param credited The new total.
    /// @param record Leaf hash of the record that shows it.
    /// @param attestations A registrar's and a committee officer's signature over
    /// `Credit(uint8 fund,uint64 credited,bytes32 record,uint256 nonce)`.
    function credit(
        uint8 fund,
        uint64 credited,
        bytes32 record,
        IRegistry.Attestation[2] calldata attestations
    ) external;

    /// @notice Sets a fund's rules, for reservations made afterwards.
    /// @param fund 0 maintenance, 1 public income.
    /// @param rules The rules.
    /// @param attestations A registrar's and a committee officer's signature over
    /// `Configure(uint8 fund,uint8 approvals,uint16 overrunBasisPoints,bytes32 record,uint256 nonce)`.
    function configure(
        uint8 fund,
        Rules calldata rules,
        IRegistry.Attestation[2] calldata attestations
    ) external;

    /// @notice Sets money aside for a final, adopted motion of this community's Assembly. Once for each motion.
    /// @param motion The motion.
    /// @param terms Its plan, by parts, and the milestones; their sum may exceed the budget by the fund's overrun.
    /// @param record Leaf hash of the contract's record in the log.
    /// @param attestations A registrar's and a committee officer's signature over `Reserve(...)`.
    /// @return reservation The reservation's number, from 1.
    function reserve(
        Motion calldata motion,
        Terms calldata terms,
        bytes32 record,
        IRegistry.Attestation[2] calldata attestations
    ) external returns (uint256 reservation);

    /// @notice Sets money of the maintenance fund aside for an emergency, without a vote.
    /// @param ground 0 lift, 1 fire, 2 facade, 3 roof, 4 drains, 5 structure, 6 electrical, 7 water.
    /// @param terms The plan and the milestones.
    /// @param record Leaf hash of the emergency's record in the log.
    /// @param attestations A registrar's and a committee officer's signature over `ReserveEmergency(...)`.
    /// @return reservation The reservation's number, from 1.
    function reserveEmergency(
        uint8 ground,
        Terms calldata terms,
        bytes32 record,
        IRegistry.Attestation[2] calldata attestations
    ) external returns (uint256 reservation);

    /// @notice Submits a claim for an open milestone.
    /// @param reservation The reservation.
    /// @param terms Its terms.
    /// @param submission What is claimed.
    /// @param attestation The author's signature, a committee officer's, over `Submit(...)`.
    /// @return claim The claim's number, from 1.
    function submit(
        uint256 reservation,
        Terms calldata terms,
        Submission calldata submission,
        IRegistry.Attestation calldata attestation
    ) external returns (uint256 claim);

    /// @notice Accepts or rejects a submitted claim. What is rejected can be submitted again.
    /// @param place The claim.
    /// @param isAccepted Whether the work was done and the invoice is right.
    /// @param record Leaf hash of the acceptance's record in the log.
    /// @param attestations A registrar's and a committee officer's signature over `Judge(...)`; neither is the author.
    function judge(
        ClaimPlace calldata place,
        bool isAccepted,
        bytes32 record,
        IRegistry.Attestation[2] calldata attestations
    ) external;

    /// @notice Takes an accepted claim back before it is paid: an error was found. It can be submitted again.
    /// @param place The claim.
    /// @param record Leaf hash of the record in the log that says why.
    /// @param attestations A registrar's and a committee officer's signature over `Withdraw(...)`; neither is the
    /// author.
    function withdraw(
        ClaimPlace calldata place,
        bytes32 record,
        IRegistry.Attestation[2] calldata attestations
    ) external;

    /// @notice Releases the payment of an accepted claim. Together the approvals are as many as the reservation asks
    /// for, of different officers who are approvers now, none of them the author.
    /// @param claim The claim.
    /// @param signatures Approvals by secp256k1 keys over `Release(...)`; who signed is recovered from them.
    /// @param attestations Approvals by other signers.
    function release(
        uint256 claim,
        Signature[] calldata signatures,
        IRegistry.Attestation[] calldata attestations
    ) external;

    /// @notice Ends a reservation: what was not paid is free again. No claim may be waiting.
    /// @param reservation The reservation.
    /// @param record Leaf hash of the settlement's record in the log.
    /// @param attestations A registrar's and a committee officer's signature over `Settle(...)`.
    function settle(
        uint256 reservation,
        bytes32 record,
        IRegistry.Attestation[2] calldata attestations
    ) external;

    /// @notice The community's Registry.
    function registry() external view returns (IRegistry);

    /// @notice The Assembly whose motions it follows.
    function assemblyAddress() external view returns (address);

    /// @notice How often a fund has been credited and configured: the nonce of its next such message.
    function accountNonce(uint8 fund) external view returns (uint256);

    /// @notice A fund.
    function getAccount(uint8 fund) external view returns (Account memory);

    /// @notice Number of reservations so far, which is the number of the last.
    function reservationCount() external view returns (uint256);

    /// @notice A reservation.
    function getReservation(uint256 reservation) external view returns (Reservation memory);

    /// @notice The reservation of a motion; 0 where there is none.
    function reservationOf(uint256 meeting, uint256 motion) external view returns (uint256);

    /// @notice What of a reservation has been paid.
    function paidOf(uint256 reservation) external view returns (uint256);

    /// @notice How far a milestone has come.
    function milestoneState(uint256 reservation, uint256 milestone) external view returns (MilestoneState);

    /// @notice Number of claims so far, which is the number of the last.
    function claimCount() external view returns (uint256);

    /// @notice The claim that waits for a milestone, or by which it was paid; 0 where there is none.
    function claimOf(uint256 reservation, uint256 milestone) external view returns (uint256);

    /// @notice A claim that waits; all zero once it was paid, rejected or withdrawn.
    function getClaim(uint256 claim) external view returns (Claim memory);

    /// @notice Whether a claim with this invoice has been paid or waits.
    function isInvoiceUsed(bytes32 invoice) external view returns (bool);

    /// @notice The digest that approvers sign for a claim that waits.
    function releaseDigest(uint256 claim) external view returns (bytes32);
}
