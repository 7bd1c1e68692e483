// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRegistry} from "../registry/IRegistry.sol";
import {RELAYER} from "../registry/Roles.sol";
import {ConsistencyProof} from "./ConsistencyProof.sol";
import {IAnchor} from "./IAnchor.sol";

/// @title Anchor
contract Anchor is IAnchor {
    IRegistry private immutable _registry;
    Head private _head;

    constructor(IRegistry registry_) {
        _registry = registry_;
    }

    /// @inheritdoc IAnchor
    function anchorHead(uint64 size, bytes32 root, bytes32[] calldata proof) external override {
        Head memory last = _head;
        require(_registry.hasRole(msg.sender, RELAYER), AnchorNotRelayer(msg.sender));
        require(size > last.size, AnchorHeadNotLarger(size, last.size));
        if (last.size == 0) {
            require(proof.length == 0, AnchorProofLengthInvalid(proof.length));
        } else {
            _requireConsistent(last, size, root, proof);
        }

        _head = Head({root: root, size: size, anchoredAt: uint64(block.timestamp)});

        emit HeadAnchored(size, root);
    }

    /// @inheritdoc IAnchor
    function registry() external view override returns (IRegistry) {
        return _registry;
    }

    /// @inheritdoc IAnchor
    function head() external view override returns (Head memory) {
        return _head;
    }

    function _requireConsistent(
        Head memory last,
        uint64 size,
        bytes32 root,
        bytes32[] calldata proof
    ) private pure {
        (bool complete, bytes32 provenLast, bytes32 provenRoot) = ConsistencyProof.roots(
            last.size,
            size,
            last.root,
            proof
        );
        require(complete, AnchorProofLengthInvalid(proof.length));
        require(provenLast == last.root, AnchorHistoryDiffers(provenLast, last.root));
        require(provenRoot == root, AnchorRootDiffers(provenRoot, root));
    }
}
