// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title ConsistencyProof: that one log is the beginning of another
/// @notice RFC 9162, section 2.1.4.2, with SHA-256.
library ConsistencyProof {
    /// @notice The roots of both logs as the proof has them.
    /// @param first Leaves of the shorter log; at least 1.
    /// @param second Leaves of the longer log; more than `first`.
    /// @param firstRoot Root of the shorter log, which the proof leaves out where it is a node of the longer.
    /// @param proof The hashes of the proof.
    /// @return complete Whether the proof has as many hashes as the sizes ask for.
    /// @return provenFirst Root of the shorter log.
    /// @return provenSecond Root of the longer log.
    function roots(
        uint256 first,
        uint256 second,
        bytes32 firstRoot,
        bytes32[] calldata proof
    ) internal pure returns (bool complete, bytes32 provenFirst, bytes32 provenSecond) {
        // Place of the last leaf of each log, seen from the level that the proof has climbed to.
        uint256 left = first - 1;
        uint256 right = second - 1;
        for (; left & 1 == 1; left >>= 1) right >>= 1;

        // The last complete subtree of the shorter log: all of it where `left` is 0.
        uint256 used = left == 0 ? 0 : 1;
        if (proof.length <= used) return (false, 0, 0);
        provenFirst = left == 0 ? firstRoot : proof[0];
        provenSecond = provenFirst;

        while (used < proof.length) {
            if (right == 0) return (false, 0, 0);
            bytes32 hash = proof[used];
            unchecked {
                ++used;
            }
            if (left & 1 == 1 || left == right) {
                provenFirst = _node(hash, provenFirst);
                provenSecond = _node(hash, provenSecond);
                for (; left & 1 == 0 && left != 0; left >>= 1) right >>= 1;
            } else {
                provenSecond = _node(provenSecond, hash);
            }
            left >>= 1;
            right >>= 1;
        }
        complete = right == 0;
    }

    function _node(bytes32 left, bytes32 right) private pure returns (bytes32) {
        return sha256(abi.encodePacked(bytes1(0x01), left, right));
    }
}
