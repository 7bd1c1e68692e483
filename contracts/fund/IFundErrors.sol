// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IFundErrors: how the fund says no
interface IFundErrors {
    /// @notice There are two funds: 0 maintenance, 1 public income.
    error FundUnknown(uint8 fund);

    /// @notice What is reserved and paid stays within what was credited.
    error FundCreditTooLow(uint8 fund, uint64 credited, uint64 committed);

    /// @notice A payment asks for 2 to 16 approvals.
    error FundApprovalsInvalid(uint8 approvals);

    /// @notice An overrun is a part of the budget: at most 10,000 basis points.
    error FundOverrunInvalid(uint16 overrunBasisPoints);
}
