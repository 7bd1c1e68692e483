// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title Words: packed bytes of a call, and memory, a word at a time
/// @notice Every ballot passes here several times, so these few lines are in assembly: slices, abi.encodePacked and
/// checked array access would cost more than all else that is done with a ballot but its signature. The callers keep
/// every place inside the bytes or the list that they name.
// solhint-disable no-inline-assembly
library Words {
    /// @notice The 32 bytes at an offset of a call's bytes.
    function load(bytes calldata data, uint256 offset) internal pure returns (bytes32 word) {
        assembly ("memory-safe") {
            word := calldataload(add(data.offset, offset))
        }
    }

    /// @notice `data[offset:offset + length]`.
    function part(
        bytes calldata data,
        uint256 offset,
        uint256 length
    ) internal pure returns (bytes calldata slice) {
        assembly ("memory-safe") {
            slice.offset := add(data.offset, offset)
            slice.length := length
        }
    }

    /// @notice keccak256(abi.encodePacked(uint32(place), hash, data)), without keeping the memory.
    function hashLeaf(uint256 place, bytes32 hash, bytes calldata data) internal pure returns (bytes32 leaf) {
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, shl(224, place))
            mstore(add(free, 4), hash)
            calldatacopy(add(free, 36), data.offset, data.length)
            leaf := keccak256(free, add(36, data.length))
        }
    }

    /// @notice The 32 bytes at an offset in memory.
    function peek(bytes memory data, uint256 offset) internal pure returns (uint256 word) {
        assembly ("memory-safe") {
            word := mload(add(add(data, 0x20), offset))
        }
    }

    /// @notice `list[index]`.
    function get(bytes32[] memory list, uint256 index) internal pure returns (bytes32 word) {
        assembly ("memory-safe") {
            word := mload(add(add(list, 0x20), shl(5, index)))
        }
    }

    /// @notice `list[index] = word`.
    function set(bytes32[] memory list, uint256 index, bytes32 word) internal pure {
        assembly ("memory-safe") {
            mstore(add(add(list, 0x20), shl(5, index)), word)
        }
    }

    /// @notice `data[index] = bytes1(uint8(value))`.
    function setByte(bytes memory data, uint256 index, uint256 value) internal pure {
        assembly ("memory-safe") {
            mstore8(add(add(data, 0x20), index), value)
        }
    }
}
