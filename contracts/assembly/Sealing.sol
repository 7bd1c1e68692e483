// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRegistry} from "../registry/IRegistry.sol";
import {RELAYER, TELLER} from "../registry/Roles.sol";
import {BY_VOTER, OWN, PAPER} from "./Codes.sol";
import {IAssembly} from "./IAssembly.sol";
import {KeySignature} from "./KeySignature.sol";
import {Meetings} from "./Meetings.sol";
import {Openings} from "./Opening.sol";
import {Poll} from "./Poll.sol";
import {SigningHash} from "./SigningHash.sol";

/// @title Sealing: the part of the Assembly that takes ballots in, unseen
abstract contract Sealing is Meetings {
    bytes32 private constant SEAL_TYPEHASH = keccak256("Seal(uint256 meeting,bytes32 leaf,uint256 nonce)");
    bytes32 private constant PAPER_BATCH_TYPEHASH = keccak256(
        "PaperBatch(uint256 meeting,bytes32 root,uint16 count)"
    );

    /// @dev Enough to vote again twice; few enough that nobody can fill a meeting with batches.
    uint256 private constant MAX_OWN_SEALS = 3;

    mapping(bytes32 digest => bool) private _sealedPaper;

    /// @inheritdoc IAssembly
    function seal(uint256 meeting, bytes32 root, uint16 count) external override returns (uint256 batch) {
        Poll storage poll = _requireOpen(meeting);
        require(_registry.hasRole(msg.sender, RELAYER), AssemblyNotRelayer(msg.sender));
        _requireCount(count);

        batch = _commit(poll, root, OWN);

        emit BatchSealed(meeting, batch, OWN, root, count);
    }

    /// @inheritdoc IAssembly
    function sealOwn(
        uint256 meeting,
        bytes32 leaf,
        OwnSeal calldata own
    ) external override returns (uint256 batch) {
        Poll storage poll = _requireOpen(meeting);
        IRegistry.Key memory key = _registry.getKey(poll.meeting.roll, own.place);
        require(!key.revoked, AssemblyKeyRevoked(own.place.page, own.place.position));
        uint256 nonce = poll.ownSeals[key.voter]++;
        require(nonce < MAX_OWN_SEALS, AssemblySealLimitReached(meeting, key.voter));
        // The nonce keeps others from sealing an earlier ballot of his once more, as if it were his last.
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(SEAL_TYPEHASH, meeting, leaf, nonce)));
        require(
            _isSigned(digest, key, own),
            AssemblySealSignatureInvalid(meeting, own.place.page, own.place.position)
        );

        batch = _commit(poll, leaf, OWN | BY_VOTER);

        emit BatchSealed(meeting, batch, OWN | BY_VOTER, leaf, 1);
    }

    /// @inheritdoc IAssembly
    function sealPaper(
        uint256 meeting,
        bytes32 root,
        uint16 count,
        IRegistry.Attestation[2] calldata attestations
    ) external override returns (uint256 batch) {
        Poll storage poll = _requirePoll(meeting);
        require(
            block.timestamp >= poll.meeting.opensAt,
            AssemblyVotingNotOpen(meeting, poll.meeting.opensAt)
        );
        uint256 countsFrom = _countsFrom(poll.meeting);
        require(block.timestamp < countsFrom, AssemblyPaperClosed(meeting, countsFrom));
        _requireCount(count);
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(PAPER_BATCH_TYPEHASH, meeting, root, count)));
        require(!_sealedPaper[digest], AssemblyPaperAlreadySealed(meeting, root));
        _registry.requireAttested(digest, TELLER, TELLER, attestations);

        _sealedPaper[digest] = true;
        batch = _commit(poll, root, PAPER);
        poll.papers[batch / 256] |= 1 << (batch % 256);
        ++poll.meeting.papers;

        emit BatchSealed(meeting, batch, PAPER, root, count);
    }

    /// @inheritdoc IAssembly
    function commitment(uint256 meeting, uint256 batch) external view override returns (bytes32) {
        Poll storage poll = _requirePoll(meeting);
        _requireBatch(poll, batch);
        return poll.commitments[batch];
    }

    /// @inheritdoc IAssembly
    function ownSeals(uint256 meeting, uint256 voter) external view override returns (uint256) {
        return _requirePoll(meeting).ownSeals[voter];
    }

    function _requireBatch(Poll storage poll, uint256 batch) internal view {
        require(batch < poll.meeting.batches, AssemblyBatchUnknown(poll.number, batch));
    }

    /// @dev A root with the lowest byte replaced by the origin: one slot holds both, and 31 bytes are enough.
    function _toCommitment(bytes32 root, uint8 origin) internal pure returns (bytes32) {
        return bytes32((uint256(root) & ~uint256(0xff)) | origin);
    }

    function _requireOpen(uint256 meeting) private view returns (Poll storage poll) {
        poll = _requirePoll(meeting);
        require(
            block.timestamp >= poll.meeting.opensAt,
            AssemblyVotingNotOpen(meeting, poll.meeting.opensAt)
        );
        require(
            block.timestamp < poll.meeting.closesAt,
            AssemblyVotingClosed(meeting, poll.meeting.closesAt)
        );
    }

    function _requireCount(uint256 count) private pure {
        require(count > 0 && count <= Openings.MAX_BALLOTS, AssemblyBatchSizeInvalid(count));
    }

    function _isSigned(
        bytes32 digest,
        IRegistry.Key memory key,
        OwnSeal calldata own
    ) private view returns (bool) {
        (bytes32 hash, bool valid) = SigningHash.derive(digest, own.form, own.envelope);
        return valid && KeySignature.verifyBy(key, hash, own.signature);
    }

    function _commit(Poll storage poll, bytes32 root, uint8 origin) private returns (uint256 batch) {
        batch = poll.meeting.batches;
        if (batch == type(uint16).max) revert AssemblyTooManyBatches(poll.number);
        poll.commitments[batch] = _toCommitment(root, origin);
        poll.meeting.batches = uint16(batch + 1);
    }
}
