// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRegistry} from "../registry/IRegistry.sol";
import {Pages} from "../registry/Pages.sol";
import {BatchTree} from "./BatchTree.sol";
import {IAssemblyErrors} from "./IAssemblyErrors.sol";

/// @notice A sheet that ballots of a batch refer to.
/// @param hash What their leaves contain: the signing hash (paper: the digest).
/// @param answers The answers.
/// @param isSignable Whether the envelope around the sheet is as it must be.
/// @param isComplete Whether the answers are options, and as many as there are motions.
/// @param weight Heads and area of its ballots that count, `heads << 48 | area`.
struct Sheet {
    bytes32 hash;
    uint32 answers;
    bool isSignable;
    bool isComplete;
    uint256 weight;
}

/// @notice A batch while it is being opened.
/// @param registry The community's Registry.
/// @param roll The roll that votes.
/// @param voters Number of voters.
/// @param areaBytes Width of one area.
/// @param areaPages The pages of areas that were needed so far.
/// @param sheets The sheets that ballots refer to.
/// @param tree The tree of the leaves.
/// @param verdicts What is known of every ballot: `voter << 16 | sheet << 8 | code`.
/// @param count How many ballots have been read.
struct Opening {
    IRegistry registry;
    uint256 roll;
    uint256 voters;
    uint256 areaBytes;
    bytes[] areaPages;
    Sheet[] sheets;
    bytes32[] tree;
    uint256[] verdicts;
    uint256 count;
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
        uint256 bytesInAll = opening.voters * opening.areaBytes;
        opening.areaPages = new bytes[]((bytesInAll - 1) / Pages.AREA_PAGE_BYTES + 1);
        opening.tree = BatchTree.create(ballots);
        opening.verdicts = new uint256[](ballots);
    }

    /// @notice The sheet that a ballot refers to.
    function sheetAt(Opening memory opening, uint256 index) internal pure returns (Sheet memory) {
        require(index < opening.sheets.length, IAssemblyErrors.AssemblyMessageUnknown(index));
        return opening.sheets[index];
    }

    /// @notice Takes down the next ballot.
    function push(Opening memory opening, bytes32 leaf, uint256 verdict) internal pure {
        uint256 index = opening.count++;
        BatchTree.setLeaf(opening.tree, index, leaf);
        opening.verdicts[index] = verdict;
    }

    /// @notice A voter's area.
    function areaOf(Opening memory opening, uint256 voter) internal view returns (uint256) {
        uint256 perPage = Pages.AREA_PAGE_BYTES / opening.areaBytes;
        uint256 page = voter / perPage;
        if (opening.areaPages[page].length == 0) {
            opening.areaPages[page] = Pages.load(opening.registry.areaPage(opening.roll, page));
        }
        return Pages.read(opening.areaPages[page], voter % perPage, opening.areaBytes);
    }
}
