// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Sheets: the answers of a ballot
/// @notice One number holds them: two bits per motion, motion 0 in the lowest: 1 for, 2 against, 3 abstain, 0 blank.
library Sheets {
    bytes32 private constant SHEET_TYPEHASH = keccak256("Sheet(uint256 meeting,string[] answers)");
    bytes32 private constant FOR = keccak256(unicode"同意 for");
    bytes32 private constant AGAINST = keccak256(unicode"反对 against");
    bytes32 private constant ABSTAIN = keccak256(unicode"弃权 abstain");

    /// @notice The answer to one motion.
    function answerTo(uint32 answers, uint256 motion) internal pure returns (uint256) {
        unchecked {
            return (uint256(answers) >> (2 * motion)) & 3;
        }
    }

    /// @notice Whether there are no answers beyond the motions.
    function fits(uint32 answers, uint256 motions) internal pure returns (bool) {
        return uint256(answers) >> (2 * motions) == 0;
    }

    /// @notice Whether every motion has an option as its answer, and there are no others.
    function isComplete(uint32 answers, uint256 motions) internal pure returns (bool) {
        // One bit for each motion, at the place of its answer's lower bit.
        uint256 everyMotion = ((1 << (2 * motions)) - 1) / 3;
        return (answers | (answers >> 1)) & everyMotion == everyMotion && fits(answers, motions);
    }

    /// @notice The EIP-712 struct hash of a complete sheet.
    function structHash(uint256 meeting, uint32 answers, uint256 motions) internal pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](motions);
        for (uint256 i = 0; i < motions; ++i) {
            uint256 answer = answerTo(answers, i);
            hashes[i] =
                answer == 1
                    ? FOR
                    : answer == 2
                        ? AGAINST
                        : ABSTAIN;
        }
        return keccak256(abi.encode(SHEET_TYPEHASH, meeting, keccak256(abi.encodePacked(hashes))));
    }

    /// @notice The digest of a paper sheet, and of answers that are no sheet.
    function paperDigest(uint256 meeting, uint32 answers) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked("paper", meeting, answers));
    }
}
