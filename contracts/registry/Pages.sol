// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";

/// @title Pages: packed lists kept as contract code
/// @notice Code is several times cheaper to write and to read than storage: 200 gas a byte once, and one copy to
/// memory for thousands of entries. A page is the immutable arguments of an OpenZeppelin clone.
library Pages {
    /// @notice Bytes of one page of areas, the largest multiple of both 4 and 5 that leaves room for the clone in the
    /// 24,576 bytes that a contract may have (EIP-170).
    uint256 internal constant AREA_PAGE_BYTES = 24_000;

    /// @notice Bytes that a page of keys has at most.
    uint256 internal constant KEY_PAGE_BYTES = 24_000;

    uint256 private constant SECP256K1 = 0;
    uint256 private constant VOTER_BYTES = 2;

    uint256 private constant EVEN_LANES =
        0x00000000ffffffff_00000000ffffffff_00000000ffffffff_00000000ffffffff;

    /// @notice Stores a page.
    /// @dev Nobody calls a page: the account that it would delegate to is empty.
    function store(bytes memory content) internal returns (address) {
        return Clones.cloneWithImmutableArgs(address(0), content);
    }

    /// @notice The content of a page.
    function load(address page) internal view returns (bytes memory) {
        return Clones.fetchCloneArgs(page);
    }

    /// @notice The integer of `width` bytes (at most 32) at place `index` of a page.
    /// @dev The caller keeps `index` inside the page. Reading the word beneath it in one step is what makes a page
    /// cheap to walk, and Solidity has no other way to do it.
    function read(bytes memory page, uint256 index, uint256 width) internal pure returns (uint256 value) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            value := shr(sub(256, mul(8, width)), mload(add(add(page, 0x20), mul(index, width))))
        }
    }

    /// @notice The sum of all integers of `width` bytes in a page.
    /// @dev A roll's areas are nearly always of 4 bytes. Eight of them share a word, and are added four at a time, in
    /// lanes of 64 bits that 65,535 areas cannot overflow.
    function sum(bytes memory page, uint256 width) internal pure returns (uint256 total) {
        unchecked {
            uint256 count = page.length / width;
            uint256 words = width == 4 ? count / 8 : 0;
            uint256 lanes;
            for (uint256 i = 0; i < words; ++i) {
                uint256 word = read(page, i, 32);
                lanes += (word & EVEN_LANES) + ((word >> 32) & EVEN_LANES);
            }
            for (; lanes > 0; lanes >>= 64) total += uint64(lanes);
            for (uint256 i = 8 * words; i < count; ++i) total += read(page, i, width);
        }
    }

    /// @notice Bytes of a key: an Ethereum address, or the x coordinate of a P-256 point.
    function keyBytes(uint256 kind) internal pure returns (uint256) {
        return kind == SECP256K1 ? 20 : 32;
    }

    /// @notice Bytes of one entry of a key page: `uint16 voter ‖ key`.
    function entryBytes(uint256 kind) internal pure returns (uint256) {
        return VOTER_BYTES + keyBytes(kind);
    }
}
