// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {IRegistry} from "../registry/IRegistry.sol";
import {COMMITTEE, REGISTRAR} from "../registry/Roles.sol";
import {IAssembly} from "./IAssembly.sol";
import {Outcome} from "./Outcome.sol";
import {Poll} from "./Poll.sol";
import {Sheets} from "./Sheets.sol";
import {Turns} from "./Turns.sol";

/// @title Meetings: the part of the Assembly that convenes
abstract contract Meetings is IAssembly, EIP712("Mingzhang", "1") {
    bytes32 private constant CONVENE_TYPEHASH = keccak256(
        "Convene(uint256 roll,bytes32 record,uint8[] items,bytes32[] plans,uint64 opensAt,uint64 closesAt,"
        "uint32 noticeSeconds,uint32 paperSeconds,uint32 revealSeconds,uint32 objectionSeconds,uint8 conflict,"
        "bool invalidParticipates)"
    );
    bytes32 private constant EXTEND_TYPEHASH = keccak256(
        "Extend(uint256 meeting,uint64 closesAt,bytes32 record)"
    );

    uint256 private constant MAX_MOTIONS = 16;

    IRegistry internal immutable _registry;

    uint256 private _meetingCount;
    mapping(uint256 meeting => Poll) private _polls;

    constructor(IRegistry registry_) {
        _registry = registry_;
    }

    /// @inheritdoc IAssembly
    function convene(
        Convocation calldata convocation,
        IRegistry.Attestation[2] calldata attestations
    ) external override returns (uint256 meeting) {
        _requireConvocation(convocation);
        _requireOfficers(_hashConvocation(convocation), attestations);

        meeting = ++_meetingCount;
        Poll storage poll = _polls[meeting];
        poll.number = meeting;
        poll.meeting.opensAt = uint40(convocation.opensAt);
        poll.meeting.closesAt = uint40(convocation.closesAt);
        poll.meeting.paperSeconds = convocation.paperSeconds;
        poll.meeting.revealSeconds = convocation.revealSeconds;
        poll.meeting.objectionSeconds = convocation.objectionSeconds;
        poll.meeting.motions = uint8(convocation.items.length);
        poll.meeting.conflict = convocation.conflict;
        poll.meeting.invalidParticipates = convocation.invalidParticipates;
        poll.meeting.roll = uint32(convocation.roll);
        poll.meeting.items = _packItems(convocation.items);
        for (uint256 i = 0; i < convocation.plans.length; ++i) {
            if (convocation.plans[i] != 0) poll.plans[i] = convocation.plans[i];
        }

        emit MeetingConvened(meeting, convocation.roll, convocation);

        // Refuses a roll that is not frozen or serves another meeting.
        _registry.assignRoll(convocation.roll, convocation.closesAt);
    }

    /// @inheritdoc IAssembly
    function extend(
        uint256 meeting,
        uint64 closesAt,
        bytes32 record,
        IRegistry.Attestation[2] calldata attestations
    ) external override {
        Poll storage poll = _requirePoll(meeting);
        uint256 current = poll.meeting.closesAt;
        require(block.timestamp < current, AssemblyVotingClosed(meeting, current));
        require(
            closesAt > current && closesAt <= type(uint40).max,
            AssemblyExtensionNotLater(meeting, closesAt, current)
        );
        _requireOfficers(keccak256(abi.encode(EXTEND_TYPEHASH, meeting, closesAt, record)), attestations);

        poll.meeting.closesAt = uint40(closesAt);

        emit MeetingExtended(meeting, closesAt, record);

        _registry.extendRoll(poll.meeting.roll, closesAt);
    }

    /// @inheritdoc IAssembly
    function registry() external view override returns (IRegistry) {
        return _registry;
    }

    /// @inheritdoc IAssembly
    function meetingCount() external view override returns (uint256) {
        return _meetingCount;
    }

    /// @inheritdoc IAssembly
    function getMeeting(uint256 meeting) external view override returns (Meeting memory) {
        return _requirePoll(meeting).meeting;
    }

    /// @inheritdoc IAssembly
    function planOf(uint256 meeting, uint256 motion) external view override returns (bytes32) {
        return _polls[meeting].plans[motion];
    }

    /// @inheritdoc IAssembly
    function stage(uint256 meeting) external view override returns (Stage) {
        Meeting storage kept = _polls[meeting].meeting;
        if (kept.motions == 0) return Stage.None;
        if (block.timestamp < kept.opensAt) return Stage.Announced;
        if (block.timestamp < kept.closesAt) return Stage.Open;
        if (block.timestamp < _countsFrom(kept)) return Stage.Paper;
        if (kept.concludedAt == 0) return Stage.Counting;
        return block.timestamp < _finalAt(kept) ? Stage.Preliminary : Stage.Final;
    }

    /// @inheritdoc IAssembly
    function sheetDigest(uint256 meeting, uint32 answers) external view override returns (bytes32) {
        return _sheetDigest(meeting, answers, _requirePoll(meeting).meeting.motions);
    }

    function _requirePoll(uint256 meeting) internal view returns (Poll storage poll) {
        poll = _polls[meeting];
        require(poll.meeting.motions != 0, AssemblyMeetingUnknown(meeting));
    }

    /// @dev Paper is in, and nothing can be sealed any more.
    function _countsFrom(Meeting storage meeting) internal view returns (uint256) {
        return uint256(meeting.closesAt) + meeting.paperSeconds;
    }

    function _finalAt(Meeting storage meeting) internal view returns (uint256) {
        return uint256(meeting.concludedAt) + meeting.objectionSeconds;
    }

    function _sheetDigest(uint256 meeting, uint32 answers, uint256 motions) internal view returns (bytes32) {
        if (!Sheets.isComplete(answers, motions)) return Sheets.paperDigest(meeting, answers);
        return _hashTypedDataV4(Sheets.structHash(meeting, answers, motions));
    }

    function _requireOfficers(
        bytes32 structHash,
        IRegistry.Attestation[2] calldata attestations
    ) private view {
        _registry.requireAttested(_hashTypedDataV4(structHash), REGISTRAR, COMMITTEE, attestations);
    }

    function _requireConvocation(Convocation calldata convocation) private view {
        uint256 motions = convocation.items.length;
        require(motions > 0 && motions <= MAX_MOTIONS, AssemblyMotionsInvalid(motions));
        uint256 plans = convocation.plans.length;
        require(plans == motions, AssemblyPlansInvalid(plans, motions));
        for (uint256 i = 0; i < motions; ++i) Outcome.requireItem(convocation.items[i]);
        require(
            convocation.opensAt < convocation.closesAt && convocation.closesAt <= type(uint40).max,
            AssemblyWindowInvalid(convocation.opensAt, convocation.closesAt)
        );
        uint256 earliest = block.timestamp + convocation.noticeSeconds;
        require(convocation.opensAt >= earliest, AssemblyNoticeTooShort(convocation.opensAt, earliest));
        require(convocation.conflict <= Turns.PAPER_FIRST, AssemblyConflictUnknown(convocation.conflict));
    }

    function _hashConvocation(Convocation calldata convocation) private pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    CONVENE_TYPEHASH,
                    convocation.roll,
                    convocation.record,
                    keccak256(abi.encodePacked(convocation.items)),
                    keccak256(abi.encodePacked(convocation.plans)),
                    convocation.opensAt,
                    convocation.closesAt,
                    convocation.noticeSeconds,
                    convocation.paperSeconds,
                    convocation.revealSeconds,
                    convocation.objectionSeconds,
                    convocation.conflict,
                    convocation.invalidParticipates
                )
            );
    }

    function _packItems(uint8[] calldata items) private pure returns (uint64 packed) {
        for (uint256 i = 0; i < items.length; ++i) packed |= uint64(items[i]) << uint64(4 * i);
    }
}
