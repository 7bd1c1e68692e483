// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

// What became of a ballot, one byte each in the events of the count. The first that applies, in the order 2 to 6, 1.

/// @dev It stands: added to the tally, now or when it was opened alone.
uint8 constant COUNTED = 1;

/// @dev No such position, or a voter who is not on the roll.
uint8 constant UNKNOWN_KEY = 2;

/// @dev The key has been revoked.
uint8 constant REVOKED_KEY = 3;

/// @dev The signature does not verify, or not by the bound key.
uint8 constant BAD_SIGNATURE = 4;

/// @dev An answer that is no option, or a wrong number of them.
uint8 constant UNKNOWN_OPTION = 5;

/// @dev Another ballot of this voter stands, by the conflict policy.
uint8 constant SUPERSEDED = 6;

// Where a batch came from, the lowest byte of its commitment. 2 (proxy) and 3 (recorded) are reserved.

/// @dev Owners' own signed ballots.
uint8 constant OWN = 0;

/// @dev Paper ballots, entered by two tellers.
uint8 constant PAPER = 1;

/// @dev Added to OWN where the voter sealed the ballot himself.
uint8 constant BY_VOTER = 128;
