// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {BatchTree} from "../../contracts/assembly/BatchTree.sol";
import {Outcome} from "../../contracts/assembly/Outcome.sol";
import {Sheets} from "../../contracts/assembly/Sheets.sol";
import {Tally} from "../../contracts/assembly/Tally.sol";
import {Pages} from "../../contracts/registry/Pages.sol";

/// @title LibrariesTest: the libraries that are written for gas, against the plain way
contract LibrariesTest {
    error Differs(uint256 found, uint256 expected);

    uint256 private constant AREA_BITS = 48;

    // ── BatchTree ──

    /// @notice Every leaf of a batch of any size has a proof that OpenZeppelin's verifier accepts.
    function testFuzz_TreeAgreesWithMerkleProof(bytes32 seed, uint8 size, uint256 place) external pure {
        uint256 count = uint256(size) + 1;
        uint256 index = place % count;
        bytes32[] memory tree = _grow(seed, count);
        bytes32 root = BatchTree.root(tree);
        bytes32[] memory proof = _prove(tree, index);

        assert(MerkleProof.verify(proof, root, _leaf(seed, index)));
        assert(!MerkleProof.verify(proof, root, _leaf(seed, count)));
    }

    /// @notice A changed leaf changes the root.
    function testFuzz_TreeBindsEveryLeaf(bytes32 seed, uint8 size, uint256 place) external pure {
        uint256 count = uint256(size) + 1;
        bytes32[] memory changed = _grow(seed, count);
        BatchTree.setLeaf(changed, place % count, _leaf(seed, count));

        assert(BatchTree.root(changed) != BatchTree.root(_grow(seed, count)));
    }

    function test_OneLeafIsItsOwnRoot() external pure {
        assert(BatchTree.root(_grow(keccak256("one"), 1)) == _leaf(keccak256("one"), 0));
    }

    // ── Pages ──

    function testFuzz_SumOfFourBytes(bytes calldata content) external pure {
        _requireSum(content, 4);
    }

    function testFuzz_SumOfFiveBytes(bytes calldata content) external pure {
        _requireSum(content, 5);
    }

    /// @notice The largest areas of a full page do not spill from lane to lane.
    function test_SumOfLargestAreas() external pure {
        bytes memory page = new bytes(Pages.AREA_PAGE_BYTES);
        for (uint256 i = 0; i < page.length; ++i) page[i] = 0xff;
        _requireEqual(Pages.sum(page, 4), 6_000 * uint256(type(uint32).max));
        _requireEqual(Pages.sum(page, 5), 4_800 * uint256(type(uint40).max));
    }

    /// @notice What is stored is what is loaded.
    function testFuzz_PageKeepsItsContent(bytes calldata content) external {
        bytes memory loaded = Pages.load(Pages.store(content));
        assert(keccak256(loaded) == keccak256(content));
    }

    /// @notice An integer of any width is read back from any place.
    function testFuzz_IntegerIsReadBack(uint256 value, uint8 size, uint8 before) external pure {
        uint256 width = 1 + (size % 32);
        uint256 shift = 256 - 8 * width;
        bytes memory page = bytes.concat(new bytes(before * width), bytes32(value << shift));

        _requireEqual(Pages.read(page, before, width), (value << shift) >> shift);
    }

    // ── Tally ──

    /// @notice Any split of the largest roll over the four lanes is read back as it was added.
    function testFuzz_LanesNeverOverflow(uint16[3] memory heads, uint48[3] memory areas) external pure {
        uint256 leftHeads = type(uint16).max;
        uint256 leftArea = type(uint48).max;
        uint256 tally;
        uint256[4] memory lanes;
        for (uint256 lane = 0; lane < 4; ++lane) {
            uint256 headsHere = lane == 3 ? leftHeads : heads[lane] % (leftHeads + 1);
            uint256 areaHere = lane == 3 ? leftArea : areas[lane] % (leftArea + 1);
            (leftHeads, leftArea) = (leftHeads - headsHere, leftArea - areaHere);
            lanes[lane] = (headsHere << AREA_BITS) | areaHere;
            tally += lanes[lane] << (64 * lane);
        }
        for (uint256 lane = 0; lane < 4; ++lane) {
            Outcome.Totals memory totals = Tally.read(tally, lane);
            _requireEqual((totals.heads << AREA_BITS) | totals.areaE4, lanes[lane]);
        }
    }

    // ── Sheets ──

    /// @notice A sheet is complete when every motion has one of the three options, and nothing stands beyond.
    function testFuzz_SheetIsCompleteWhenEveryMotionIsAnswered(uint32 answers, uint8 number) external pure {
        uint256 motions = (number % 16) + 1;
        bool expected = uint256(answers) < 4 ** motions;
        for (uint256 motion = 0; motion < motions; ++motion) {
            if ((answers / 4 ** motion) % 4 == 0) expected = false;
        }
        assert(Sheets.isComplete(answers, motions) == expected);
    }

    // ── Inside ──

    function _leaf(bytes32 seed, uint256 index) private pure returns (bytes32) {
        return keccak256(abi.encode(seed, index, "leaf"));
    }

    function _grow(bytes32 seed, uint256 count) private pure returns (bytes32[] memory tree) {
        tree = BatchTree.create(count);
        for (uint256 i = 0; i < count; ++i) BatchTree.setLeaf(tree, i, _leaf(seed, i));
    }

    /// @dev The siblings on the way up, out of a tree that has been hashed.
    function _prove(bytes32[] memory tree, uint256 index) private pure returns (bytes32[] memory proof) {
        uint256 start = tree.length - 1 - index;
        uint256 depth;
        for (uint256 node = start; node > 0; node = (node - 1) / 2) ++depth;
        proof = new bytes32[](depth);
        uint256 current = start;
        for (uint256 i = 0; i < depth; ++i) {
            proof[i] = tree[current % 2 == 1 ? current + 1 : current - 1];
            current = (current - 1) / 2;
        }
    }

    function _requireSum(bytes calldata content, uint256 width) private pure {
        uint256 expected;
        for (uint256 i = 0; i < content.length / width; ++i) {
            uint256 value;
            for (uint256 j = 0; j < width; ++j) value = value * 256 + uint8(content[i * width + j]);
            expected += value;
        }
        _requireEqual(Pages.sum(content, width), expected);
    }

    function _requireEqual(uint256 found, uint256 expected) private pure {
        require(found == expected, Differs(found, expected));
    }
}
