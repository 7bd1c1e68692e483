// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRegistry} from "../registry/IRegistry.sol";

/// @title IAnchor: the witness of a community's log
/// @notice Keeps the last head of the log of everything published, and accepts a new one only with a proof that it
/// appends to the last: nothing that was published before can be changed or left out afterwards.
/// @dev Hashing, heads and proofs are those of RFC 6962 and RFC 9162 with SHA-256.
interface IAnchor {
    /// @notice A head of the log.
    /// @param root Root of the tree of all leaves.
    /// @param size Number of leaves; 0 while nothing has been anchored.
    /// @param anchoredAt Time of the block that anchored it.
    struct Head {
        bytes32 root;
        uint64 size;
        uint64 anchoredAt;
    }

    /// @notice A head has been anchored.
    event HeadAnchored(uint64 indexed size, bytes32 root);

    /// @notice Only relayers anchor heads.
    error AnchorNotRelayer(address account);

    /// @notice The log only grows.
    error AnchorHeadNotLarger(uint64 size, uint64 anchored);

    /// @notice The proof does not have the number of hashes that the two sizes ask for.
    error AnchorProofLengthInvalid(uint256 length);

    /// @notice The proof does not lead to the head anchored last: something in it was changed or left out.
    error AnchorHistoryDiffers(bytes32 proven, bytes32 anchored);

    /// @notice The proof does not lead to the new head.
    error AnchorRootDiffers(bytes32 proven, bytes32 root);

    /// @notice Anchors the next head. Relayers only.
    /// @param size Number of leaves; larger than in the last head.
    /// @param root Root over all leaves.
    /// @param proof The consistency proof from the last head; empty for the first.
    function anchorHead(uint64 size, bytes32 root, bytes32[] calldata proof) external;

    /// @notice The community's Registry.
    function registry() external view returns (IRegistry);

    /// @notice The last head.
    function head() external view returns (Head memory);
}
