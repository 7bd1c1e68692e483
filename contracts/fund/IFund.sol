// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRegistry} from "../registry/IRegistry.sol";
import {IFundData} from "./IFundData.sol";
import {IFundErrors} from "./IFundErrors.sol";

/// @title IFund: money is spent as the owners decided
/// @notice The contract holds no money: banks do. It keeps what two officers attested a fund to have received, what of
/// it is reserved for which decision, and what has been paid, and it refuses what the owners did not adopt.
/// @dev There are two funds, which never mix: 0 the maintenance fund (Civil Code Art. 281), 1 the public income
/// (Art. 282). All amounts are in fen, all times are Unix seconds. Signed messages are EIP-712 in this contract's
/// domain; docs/SPEC.md, sections 1 and 9, gives their types and the hash of a plan.
interface IFund is IFundData, IFundErrors {
    /// @notice The total that a fund received has been attested anew.
    event FundCredited(uint8 indexed fund, uint64 credited, bytes32 record);

    /// @notice A fund's rules have been set.
    event RulesSet(uint8 indexed fund, Rules rules);

    /// @notice Sets the total that a fund received. It may go down, for a correction, but not below what is committed.
    /// @param fund 0 maintenance, 1 public income.
    /// @param credited The new total.
    /// @param record Leaf hash of the record that shows it.
    /// @param attestations A registrar's and a committee officer's signature over
    /// `Credit(uint8 fund,uint64 credited,bytes32 record,uint256 nonce)`.
    function credit(
        uint8 fund,
        uint64 credited,
        bytes32 record,
        IRegistry.Attestation[2] calldata attestations
    ) external;

    /// @notice Sets a fund's rules, for reservations made afterwards.
    /// @param fund 0 maintenance, 1 public income.
    /// @param rules The rules.
    /// @param attestations A registrar's and a committee officer's signature over
    /// `Configure(uint8 fund,uint8 approvals,uint16 overrunBasisPoints,bytes32 record,uint256 nonce)`.
    function configure(
        uint8 fund,
        Rules calldata rules,
        IRegistry.Attestation[2] calldata attestations
    ) external;

    /// @notice The community's Registry.
    function registry() external view returns (IRegistry);

    /// @notice The Assembly whose motions it follows.
    function assemblyAddress() external view returns (address);

    /// @notice How often a fund has been credited and configured: the nonce of its next such message.
    function accountNonce(uint8 fund) external view returns (uint256);

    /// @notice A fund.
    function getAccount(uint8 fund) external view returns (Account memory);
}
