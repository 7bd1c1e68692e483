// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

import {Words} from "./Words.sol";

/// @title BatchTree: the tree over the ballots of a batch
/// @notice A complete binary tree in one array, as OpenZeppelin's SimpleMerkleTree lays it out without sorting: the
/// leaves stand at the end in reverse, and node `i` is the hash of nodes `2i + 1` and `2i + 2`.
library BatchTree {
    /// @notice Room for a tree of `count` leaves, at least one.
    function create(uint256 count) internal pure returns (bytes32[] memory tree) {
        return new bytes32[](2 * count - 1);
    }

    /// @notice Puts leaf `index` in its place.
    function setLeaf(bytes32[] memory tree, uint256 index, bytes32 leaf) internal pure {
        unchecked {
            Words.set(tree, tree.length - 1 - index, leaf);
        }
    }

    /// @notice Hashes the tree up to its root, when all leaves are in place.
    function root(bytes32[] memory tree) internal pure returns (bytes32) {
        unchecked {
            for (uint256 i = tree.length / 2; i > 0; --i) {
                bytes32 left = Words.get(tree, 2 * i - 1);
                bytes32 right = Words.get(tree, 2 * i);
                if (right < left) (left, right) = (right, left);
                Words.set(tree, i - 1, Hashes.efficientKeccak256(left, right));
            }
        }
        return tree[0];
    }
}
