// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IRegistry} from "../registry/IRegistry.sol";
import {Ballots} from "./Ballots.sol";
import {BatchTree} from "./BatchTree.sol";
import {
    BAD_SIGNATURE,
    BY_VOTER,
    COUNTED,
    OWN,
    PAPER,
    SUPERSEDED,
    UNKNOWN_KEY,
    UNKNOWN_OPTION
} from "./Codes.sol";
import {IAssembly} from "./IAssembly.sol";
import {Opening, Openings, Sheet} from "./Opening.sol";
import {Outcome} from "./Outcome.sol";
import {Poll} from "./Poll.sol";
import {Sealing} from "./Sealing.sol";
import {Sheets} from "./Sheets.sol";
import {SigningHash} from "./SigningHash.sol";
import {Tally} from "./Tally.sol";
import {Turns} from "./Turns.sol";
import {Words} from "./Words.sol";

/// @title Counting: the part of the Assembly that opens the batches and adds up
abstract contract Counting is Sealing {
    using Openings for Opening;

    /// @dev What the batch whose turn it is may wait before it lapses.
    uint256 private constant TURN_SECONDS = 1 hours;

    // Lanes of a tally.
    uint256 private constant INVALID = 0;
    uint256 private constant FOR = 1;
    uint256 private constant AGAINST = 2;
    uint256 private constant ABSTAIN = 3;

    /// @inheritdoc IAssembly
    function openBatch(
        uint256 meeting,
        uint256 batch,
        Message[] calldata messages,
        Group[] calldata groups
    ) external override {
        Poll storage poll = _requireTurn(meeting, batch);
        _requireOrigin(poll, batch, OWN);
        Opening memory opening = _begin(poll, batch, messages.length);
        for (uint256 i = 0; i < messages.length; ++i) {
            _readMessage(poll, opening.sheets[i], messages[i]);
        }
        Ballots.countOwn(poll, opening, groups);
        _finishBatch(poll, opening);
    }

    /// @inheritdoc IAssembly
    function openPaper(
        uint256 meeting,
        uint256 batch,
        uint32[] calldata answers,
        bytes calldata ballots
    ) external override {
        Poll storage poll = _requireTurn(meeting, batch);
        _requireOrigin(poll, batch, PAPER);
        Opening memory opening = _begin(poll, batch, answers.length);
        for (uint256 i = 0; i < answers.length; ++i) {
            Sheet memory sheet = opening.sheets[i];
            sheet.hash = Sheets.paperDigest(meeting, answers[i]);
            sheet.answers = answers[i];
            sheet.code = Sheets.fits(answers[i], poll.meeting.motions) ? COUNTED : UNKNOWN_OPTION;
        }
        Ballots.countPaper(poll, opening, ballots);
        _finishBatch(poll, opening);
    }

    /// @inheritdoc IAssembly
    function openBallot(
        uint256 meeting,
        uint256 batch,
        Ballot calldata ballot,
        bytes32[] calldata proof
    ) external override {
        Poll storage poll = _requireCounting(meeting);
        _requireBatch(poll, batch);
        require(!Turns.isDone(poll, batch), AssemblyBatchDone(meeting, batch));
        _requireOrigin(poll, batch, OWN);
        Opening memory opening = _begin(poll, batch, 1);
        opening.begin(1);
        Sheet memory sheet = opening.sheets[0];
        _readMessage(poll, sheet, ballot.message);
        uint256 place = (uint256(ballot.place.page) << 16) | ballot.place.position;
        bytes32 leaf = Words.hashLeaf(place, sheet.hash, ballot.signature);
        _requireRoot(poll, batch, MerkleProof.processProofCalldata(proof, leaf));

        IRegistry.Key memory key = _registry.getKey(opening.roll, ballot.place);
        uint256 code = key.voter < opening.voters ? Ballots.judge(sheet, key, ballot.signature) : UNKNOWN_KEY;
        if (code == COUNTED) code = Tally.claim(poll, opening, sheet, key.voter, leaf);
        // Without weight it is the very ballot that was opened alone before.
        if (code == COUNTED && sheet.weight == 0) code = SUPERSEDED;
        require(code == COUNTED, AssemblyBallotNotCounted(meeting, batch, uint8(code)));
        Tally.finish(poll, opening);
        poll.singles[key.voter] = Single({batch: uint16(batch), answers: sheet.answers, leaf: bytes26(leaf)});
        ++poll.meeting.singles;

        emit BallotCounted(meeting, batch, key.voter, sheet.answers, leaf);
    }

    /// @inheritdoc IAssembly
    function lapse(uint256 meeting, uint256 batch) external override {
        Poll storage poll = _requireTurn(meeting, batch);
        uint256 from = _lapsesFrom(poll, batch);
        require(block.timestamp >= from, AssemblyLapseTooEarly(meeting, batch, from));

        ++poll.meeting.lapsed;
        _pass(poll, batch);

        emit BatchLapsed(meeting, batch);
    }

    /// @inheritdoc IAssembly
    function conclude(uint256 meeting) external override {
        Poll storage poll = _requireCounting(meeting);
        uint256 left = poll.meeting.batches - poll.meeting.done;
        require(left == 0, AssemblyBatchesLeft(meeting, left));

        poll.meeting.concludedAt = uint40(block.timestamp);

        for (uint256 motion = 0; motion < poll.meeting.motions; ++motion) {
            emit MotionDecided(meeting, motion, _decide(poll, motion), _tallyOf(poll, motion));
        }
        emit MeetingConcluded(meeting, uint64(_finalAt(poll.meeting)));
    }

    // ── Views ──

    /// @inheritdoc IAssembly
    function nextBatch(uint256 meeting) external view override returns (bool any, uint256 batch) {
        Poll storage poll = _requirePoll(meeting);
        any = poll.meeting.done < poll.meeting.batches;
        if (any) batch = Turns.next(poll);
    }

    /// @inheritdoc IAssembly
    function tally(uint256 meeting, uint256 motion, uint8 origin) external view override returns (uint256) {
        return _requireMotion(meeting, motion).tallies[motion][origin];
    }

    /// @inheritdoc IAssembly
    function outcome(uint256 meeting, uint256 motion) external view override returns (Outcome.Result) {
        Poll storage poll = _requireMotion(meeting, motion);
        require(poll.meeting.concludedAt != 0, AssemblyNotConcluded(meeting));
        return _decide(poll, motion);
    }

    /// @inheritdoc IAssembly
    function hasCounted(uint256 meeting, uint256 voter) external view override returns (bool) {
        return (_requirePoll(meeting).counted[voter / 256] >> (voter % 256)) & 1 == 1;
    }

    /// @inheritdoc IAssembly
    function getSingle(uint256 meeting, uint256 voter) external view override returns (Single memory) {
        return _requirePoll(meeting).singles[voter];
    }

    // ── Requirements ──

    function _requireMotion(uint256 meeting, uint256 motion) private view returns (Poll storage poll) {
        poll = _requirePoll(meeting);
        require(motion < poll.meeting.motions, AssemblyMotionUnknown(meeting, motion));
    }

    function _requireCounting(uint256 meeting) private view returns (Poll storage poll) {
        poll = _requirePoll(meeting);
        uint256 startsAt = _countsFrom(poll.meeting);
        require(block.timestamp >= startsAt, AssemblyCountNotStarted(meeting, startsAt));
        uint256 concludedAt = poll.meeting.concludedAt;
        require(concludedAt == 0, AssemblyConcluded(meeting, concludedAt));
    }

    function _requireTurn(uint256 meeting, uint256 batch) private view returns (Poll storage poll) {
        poll = _requireCounting(meeting);
        _requireBatch(poll, batch);
        require(poll.meeting.done < poll.meeting.batches, AssemblyBatchDone(meeting, batch));
        uint256 next = Turns.next(poll);
        require(batch == next, AssemblyBatchNotNext(meeting, batch, next));
    }

    function _requireOrigin(Poll storage poll, uint256 batch, uint8 origin) private view {
        uint8 sealedAs = Tally.originOf(poll, batch);
        require(sealedAs == origin, AssemblyOriginDiffers(poll.number, batch, sealedAs));
    }

    function _requireRoot(Poll storage poll, uint256 batch, bytes32 root) private view {
        bytes32 committed = poll.commitments[batch];
        require(
            committed == _toCommitment(root, uint8(uint256(committed))),
            AssemblyRootDiffers(poll.number, batch, root)
        );
    }

    // ── Inside ──

    function _begin(
        Poll storage poll,
        uint256 batch,
        uint256 sheets
    ) private view returns (Opening memory opening) {
        opening.registry = _registry;
        opening.roll = poll.meeting.roll;
        opening.batch = batch;
        opening.bits = poll.counted[0];
        opening.sheets = new Sheet[](sheets);
    }

    function _readMessage(Poll storage poll, Sheet memory sheet, Message calldata message) private view {
        uint256 motions = poll.meeting.motions;
        sheet.answers = message.answers;
        bool isComplete = Sheets.isComplete(message.answers, motions);
        bytes32 digest = _sheetDigest(poll.number, message.answers, motions);
        bool isSignable;
        (sheet.hash, isSignable) = SigningHash.derive(digest, message.form, message.envelope);
        sheet.code =
            isSignable
                ? isComplete
                    ? COUNTED
                    : UNKNOWN_OPTION
                : BAD_SIGNATURE;
    }

    function _finishBatch(Poll storage poll, Opening memory opening) private {
        uint256 batch = opening.batch;
        _requireRoot(poll, batch, BatchTree.root(opening.tree));

        Tally.finish(poll, opening);
        _pass(poll, batch);

        emit BatchCounted(poll.number, batch, Tally.originOf(poll, batch), opening.codes);
    }

    function _pass(Poll storage poll, uint256 batch) private {
        poll.meeting.last = uint16(batch);
        poll.meeting.progressedAt = uint40(block.timestamp);
        ++poll.meeting.done;
    }

    /// @dev A batch gets an hour of its own when its turn comes late, so that one that cannot be opened does not take
    /// the others down with it. A ballot that a voter sealed himself needs no turn: he could open it alone all the
    /// time. So he cannot hold up the count either.
    function _lapsesFrom(Poll storage poll, uint256 batch) private view returns (uint256) {
        uint256 countsFrom = _countsFrom(poll.meeting);
        uint256 deadline = countsFrom + Math.max(poll.meeting.revealSeconds, TURN_SECONDS);
        if (uint256(poll.commitments[batch]) & BY_VOTER != 0) return deadline;
        return Math.max(deadline, poll.meeting.progressedAt + TURN_SECONDS);
    }

    function _tallyOf(Poll storage poll, uint256 motion) private view returns (uint256) {
        return poll.tallies[motion][OWN] + poll.tallies[motion][PAPER];
    }

    function _decide(Poll storage poll, uint256 motion) private view returns (Outcome.Result) {
        IRegistry.Roll memory roll = _registry.getRoll(poll.meeting.roll);
        uint256 sum = _tallyOf(poll, motion);
        Outcome.Totals memory inFavour = Tally.read(sum, FOR);
        Outcome.Totals memory participating = _plus(inFavour, Tally.read(sum, AGAINST));
        participating = _plus(participating, Tally.read(sum, ABSTAIN));
        if (poll.meeting.invalidParticipates) participating = _plus(participating, Tally.read(sum, INVALID));
        return
            Outcome.decide(
                Outcome.Regime.CivilCode,
                uint8(poll.meeting.items >> (4 * motion)) & 0x0f,
                Outcome.Totals({heads: roll.voters, areaE4: roll.totalArea}),
                participating,
                inFavour
            );
    }

    function _plus(
        Outcome.Totals memory a,
        Outcome.Totals memory b
    ) private pure returns (Outcome.Totals memory) {
        return Outcome.Totals({heads: a.heads + b.heads, areaE4: a.areaE4 + b.areaE4});
    }
}
