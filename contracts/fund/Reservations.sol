// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAssemblyData} from "../assembly/IAssemblyData.sol";
import {Outcome} from "../assembly/Outcome.sol";
import {IRegistry} from "../registry/IRegistry.sol";
import {Accounts} from "./Accounts.sol";
import {FundTerms} from "./FundTerms.sol";
import {IFund} from "./IFund.sol";

/// @title Reservations: the part of the Fund that sets money aside for what was decided
abstract contract Reservations is Accounts {
    bytes32 private constant RESERVE_TYPEHASH = keccak256(
        "Reserve(uint256 reservation,uint256 meeting,uint256 motion,string payee,string amountYuan,bytes32 plan,"
        "bytes32 milestones,bytes32 record)"
    );
    bytes32 private constant RESERVE_EMERGENCY_TYPEHASH = keccak256(
        "ReserveEmergency(uint256 reservation,uint8 ground,string payee,string amountYuan,bytes32 plan,"
        "bytes32 milestones,bytes32 record)"
    );

    uint8 private constant MAINTENANCE = 0;
    uint8 private constant GROUNDS = 8;
    uint256 private constant MAX_MILESTONES = 32;

    // Items of Civil Code Art. 278 para. 1. Item 5 uses the maintenance fund; a motion that does more besides takes the
    // strictest item, 6 to 8. The use of public income is another major matter (9), or part of what the others decide.
    uint256 private constant ITEM_USES_FUND = 5;
    uint256 private constant ITEM_LAST_OF_MAINTENANCE = 8;

    uint256 private _reservationCount;
    mapping(uint256 reservation => Reservation) private _reservations;
    mapping(uint256 meeting => mapping(uint256 motion => uint256 reservation)) private _ofMotion;

    /// @inheritdoc IFund
    function reserve(
        Motion calldata motion,
        Terms calldata terms,
        bytes32 record,
        IRegistry.Attestation[2] calldata attestations
    ) external override returns (uint256 reservation) {
        bytes32 plan = FundTerms.hashPlan(terms.plan);
        bytes32 milestones = FundTerms.hashMilestones(terms.milestones);
        _requireMotion(motion, terms.plan.fund, plan);
        uint256 amount = _requireBudget(terms);
        reservation = _reservationCount + 1;
        bytes32 structHash = keccak256(
            abi.encode(
                RESERVE_TYPEHASH,
                reservation,
                motion.meeting,
                motion.motion,
                keccak256(bytes(terms.plan.payee.name)),
                FundTerms.hashYuan(amount),
                plan,
                milestones,
                record
            )
        );
        _requireOfficers(structHash, attestations);

        _ofMotion[motion.meeting][motion.motion] = reservation;
        _set(terms, amount);

        emit MotionReserved(reservation, motion.meeting, motion.motion, plan, milestones, record);
    }

    /// @inheritdoc IFund
    function reserveEmergency(
        uint8 ground,
        Terms calldata terms,
        bytes32 record,
        IRegistry.Attestation[2] calldata attestations
    ) external override returns (uint256 reservation) {
        require(ground < GROUNDS, FundGroundUnknown(ground));
        require(terms.plan.fund == MAINTENANCE, FundEmergencyNotMaintenance(terms.plan.fund));
        bytes32 plan = FundTerms.hashPlan(terms.plan);
        bytes32 milestones = FundTerms.hashMilestones(terms.milestones);
        uint256 amount = _requireBudget(terms);
        reservation = _reservationCount + 1;
        bytes32 structHash = keccak256(
            abi.encode(
                RESERVE_EMERGENCY_TYPEHASH,
                reservation,
                ground,
                keccak256(bytes(terms.plan.payee.name)),
                FundTerms.hashYuan(amount),
                plan,
                milestones,
                record
            )
        );
        _requireOfficers(structHash, attestations);

        _set(terms, amount);

        emit EmergencyReserved(reservation, ground, plan, milestones, record);
    }

    /// @inheritdoc IFund
    function reservationCount() external view override returns (uint256) {
        return _reservationCount;
    }

    /// @inheritdoc IFund
    function getReservation(uint256 reservation) external view override returns (Reservation memory) {
        return _requireReservation(reservation);
    }

    /// @inheritdoc IFund
    function reservationOf(uint256 meeting, uint256 motion) external view override returns (uint256) {
        return _ofMotion[meeting][motion];
    }

    function _requireReservation(uint256 reservation) internal view returns (Reservation storage reserved) {
        reserved = _reservations[reservation];
        require(reserved.milestones != 0, FundReservationUnknown(reservation));
    }

    function _requireRunning(uint256 reservation) internal view returns (Reservation storage reserved) {
        reserved = _requireReservation(reservation);
        require(!reserved.isSettled, FundReservationSettled(reservation));
    }

    function _requireMotion(Motion calldata place, uint8 fund, bytes32 plan) private view {
        (uint256 meeting, uint256 motion) = (place.meeting, place.motion);
        require(_assembly.stage(meeting) == IAssemblyData.Stage.Final, FundMotionNotFinal(meeting, motion));
        require(
            _assembly.outcome(meeting, motion) == Outcome.Result.Adopted,
            FundMotionNotAdopted(meeting, motion)
        );
        bytes32 adopted = _assembly.planOf(meeting, motion);
        require(adopted != 0, FundMotionWithoutPlan(meeting, motion));
        require(plan == adopted, FundPlanDiffers(plan, adopted));
        uint256 item = (_assembly.getMeeting(meeting).items >> (4 * motion)) & 0x0f;
        require(
            item >= ITEM_USES_FUND && (item <= ITEM_LAST_OF_MAINTENANCE || fund != MAINTENANCE),
            FundItemNotAllowed(uint8(item), fund)
        );
        uint256 former = _ofMotion[meeting][motion];
        require(former == 0, FundMotionReserved(meeting, motion, former));
    }

    function _requireBudget(Terms calldata terms) private view returns (uint256 amount) {
        uint8 fund = terms.plan.fund;
        Account storage account = _requireAccount(fund);
        uint256 milestones = terms.milestones.length;
        require(milestones > 0 && milestones <= MAX_MILESTONES, FundMilestonesInvalid(milestones));
        for (uint256 i = 0; i < milestones; ++i) {
            require(terms.milestones[i].amount > 0, FundMilestoneEmpty(i));
            amount += terms.milestones[i].amount;
        }
        uint256 budget = terms.plan.budget;
        uint256 limit = budget + (budget * account.overrunBasisPoints) / WHOLE;
        require(amount <= limit, FundBudgetExceeded(amount, limit));
        uint256 free = account.credited - account.committed;
        require(amount <= free, FundBalanceTooLow(fund, amount, free));
    }

    function _set(Terms calldata terms, uint256 amount) private {
        Account storage account = _requireAccount(terms.plan.fund);
        account.committed += uint64(amount);
        _reservations[++_reservationCount] = Reservation({
            amount: uint64(amount),
            accepted: 0,
            fund: terms.plan.fund,
            approvals: account.approvals,
            milestones: uint8(terms.milestones.length),
            isSettled: false,
            terms: FundTerms.hash(terms)
        });
    }
}
