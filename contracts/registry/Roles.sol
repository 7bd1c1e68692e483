// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

// The roles of officers, one bit each. One officer never holds both REGISTRAR and COMMITTEE.

/// @dev Residents' committee or subdistrict office: verifies owners and their keys.
uint8 constant REGISTRAR = 1;

/// @dev Owners' committee: convenes.
uint8 constant COMMITTEE = 2;

/// @dev Enters or checks paper ballots.
uint8 constant TELLER = 4;

/// @dev Sends batches and heads; must be an Ethereum account.
uint8 constant RELAYER = 8;

/// @dev Reads and re-checks.
uint8 constant AUDITOR = 16;

/// @dev Approves payments.
uint8 constant APPROVER = 32;
