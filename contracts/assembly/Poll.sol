// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IAssembly} from "./IAssembly.sol";

/// @notice All that is kept about one meeting.
/// @param number The meeting's number.
/// @param meeting The meeting.
/// @param commitments The sealed batches: root with the lowest byte replaced by the origin.
/// @param papers One bit for each batch, set for paper.
/// @param counted One bit for each voter, set when a ballot of his stands.
/// @param singles Ballots opened alone.
/// @param ownSeals How often a voter has sealed a ballot himself.
/// @param tallies The tally words.
/// @param plans Hashes of the plans; zero where a motion carries none.
struct Poll {
    uint256 number;
    IAssembly.Meeting meeting;
    mapping(uint256 batch => bytes32) commitments;
    mapping(uint256 word => uint256 bits) papers;
    mapping(uint256 word => uint256 bits) counted;
    mapping(uint256 voter => IAssembly.Single) singles;
    mapping(uint256 voter => uint256) ownSeals;
    mapping(uint256 motion => mapping(uint256 origin => uint256)) tallies;
    mapping(uint256 motion => bytes32) plans;
}
