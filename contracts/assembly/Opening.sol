// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRegistry} from "../registry/IRegistry.sol";
import {Pages} from "../registry/Pages.sol";
import {BatchTree} from "./BatchTree.sol";
import {IAssemblyErrors} from "./IAssemblyErrors.sol";
import {Words} from "./Words.sol";

/// @notice A sheet that ballots of a batch refer to.
/// @param hash What their leaves contain: the signing hash (paper: the digest).
/// @param answers The answers.
/// @param code What a ballot with this sheet comes to when its key is good and has signed.
/// @param weight Heads and area of its ballots that count, `heads << 48 | area`.
struct Sheet {
    bytes32 hash;
    uint32 answers;
    uint256 code;
    uint256 weight;
}

/// @notice A batch while it is being opened.
/// @param registry The community's Registry.
/// @param roll The roll that votes.
/// @param batch The batch.
/// @param voters Number of voters.
/// @param areaBytes Width of one area.
/// @param areaShift Bits to the right of an area in the word that begins with it.
/// @param areasPerPage Areas of one page.
/// @param areas The first page of areas; nearly every roll has no other.
/// @param areaPages All pages of areas.
/// @param sheets The sheets that ballots refer to.
/// @param tree The tree of the leaves.
/// @param codes What became of every ballot.
/// @param count How many ballots have been read.
/// @param word Which word of the voters who have voted is at hand.
/// @param bits What it holds.
struct Opening {
    IRegistry registry;
    uint256 roll;
    uint256 batch;
    uint256 voters;
    uint256 areaBytes;
    uint256 areaShift;
    uint256 areasPerPage;
    bytes areas;
    bytes[] areaPages;
    Sheet[] sheets;
    bytes32[] tree;
    bytes codes;
    uint256 count;
    uint256 word;
    uint256 bits;
}

/// @title Openings: the working state of a batch that is being opened
library Openings {
    uint256 internal constant MAX_BALLOTS = 256;

    /// @notice Begins to open a batch.
    /// @param opening Where to begin; registry and roll are set.
    /// @param ballots Number of ballots.
    function begin(Opening memory opening, uint256 ballots) internal view {
        require(ballots > 0 && ballots <= MAX_BALLOTS, IAssemblyErrors.AssemblyBatchSizeInvalid(ballots));
        IRegistry.Roll memory roll = opening.registry.getRoll(opening.roll);
        opening.voters = roll.voters;
        opening.areaBytes = roll.areaBytes;
        opening.areaShift = 256 - 8 * roll.areaBytes;
        opening.areasPerPage = Pages.AREA_PAGE_BYTES / roll.areaBytes;
        opening.areaPages = new bytes[]((opening.voters - 1) / opening.areasPerPage + 1);
        for (uint256 i = 0; i < opening.areaPages.length; ++i) {
            opening.areaPages[i] = Pages.load(opening.registry.areaPage(opening.roll, i));
        }
        opening.areas = opening.areaPages[0];
        opening.tree = BatchTree.create(ballots);
        opening.codes = new bytes(ballots);
    }

    /// @notice Takes down the next ballot.
    function push(Opening memory opening, bytes32 leaf, uint256 code) internal pure {
        unchecked {
            uint256 index = opening.count++;
            BatchTree.setLeaf(opening.tree, index, leaf);
            Words.setByte(opening.codes, index, code);
        }
    }

    /// @notice A voter's area.
    function areaOf(Opening memory opening, uint256 voter) internal pure returns (uint256) {
        bytes memory areas = opening.areaPages[voter / opening.areasPerPage];
        return Pages.read(areas, voter % opening.areasPerPage, opening.areaBytes);
    }
}
