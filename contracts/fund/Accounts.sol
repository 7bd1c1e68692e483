// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {IAssembly} from "../assembly/IAssembly.sol";
import {IRegistry} from "../registry/IRegistry.sol";
import {COMMITTEE, REGISTRAR} from "../registry/Roles.sol";
import {IFund} from "./IFund.sol";

/// @title Accounts: the part of the Fund that knows what there is, and by which rules
abstract contract Accounts is IFund, EIP712("Mingzhang", "1") {
    bytes32 private constant CREDIT_TYPEHASH = keccak256(
        "Credit(uint8 fund,uint64 credited,bytes32 record,uint256 nonce)"
    );
    bytes32 private constant CONFIGURE_TYPEHASH = keccak256(
        "Configure(uint8 fund,uint8 approvals,uint16 overrunBasisPoints,bytes32 record,uint256 nonce)"
    );

    uint8 private constant FUNDS = 2;
    uint8 private constant MIN_APPROVALS = 2;
    uint8 private constant MAX_APPROVALS = 16;
    uint16 internal constant WHOLE = 10_000;

    IRegistry internal immutable _registry;
    IAssembly internal immutable _assembly;

    mapping(uint8 fund => Account) private _accounts;
    mapping(uint8 fund => uint256) private _nonces;

    constructor(IAssembly assembly_) {
        _assembly = assembly_;
        _registry = assembly_.registry();
        // Until the owners say otherwise: two approve, and no budget is overrun.
        for (uint8 fund = 0; fund < FUNDS; ++fund) _accounts[fund].approvals = MIN_APPROVALS;
    }

    /// @inheritdoc IFund
    function credit(
        uint8 fund,
        uint64 credited,
        bytes32 record,
        IRegistry.Attestation[2] calldata attestations
    ) external override {
        Account storage account = _requireAccount(fund);
        require(credited >= account.committed, FundCreditTooLow(fund, credited, account.committed));
        _requireOfficers(
            keccak256(abi.encode(CREDIT_TYPEHASH, fund, credited, record, _nonces[fund]++)),
            attestations
        );

        account.credited = credited;

        emit FundCredited(fund, credited, record);
    }

    /// @inheritdoc IFund
    function configure(
        uint8 fund,
        Rules calldata rules,
        IRegistry.Attestation[2] calldata attestations
    ) external override {
        Account storage account = _requireAccount(fund);
        uint8 approvals = rules.approvals;
        require(approvals >= MIN_APPROVALS && approvals <= MAX_APPROVALS, FundApprovalsInvalid(approvals));
        require(rules.overrunBasisPoints <= WHOLE, FundOverrunInvalid(rules.overrunBasisPoints));
        _requireOfficers(
            keccak256(abi.encode(CONFIGURE_TYPEHASH, fund, rules, _nonces[fund]++)),
            attestations
        );

        account.approvals = approvals;
        account.overrunBasisPoints = rules.overrunBasisPoints;

        emit RulesSet(fund, rules);
    }

    /// @inheritdoc IFund
    function registry() external view override returns (IRegistry) {
        return _registry;
    }

    /// @inheritdoc IFund
    function assemblyAddress() external view override returns (address) {
        return address(_assembly);
    }

    /// @inheritdoc IFund
    function accountNonce(uint8 fund) external view override returns (uint256) {
        return _nonces[fund];
    }

    /// @inheritdoc IFund
    function getAccount(uint8 fund) external view override returns (Account memory) {
        return _requireAccount(fund);
    }

    function _requireAccount(uint8 fund) internal view returns (Account storage) {
        require(fund < FUNDS, FundUnknown(fund));
        return _accounts[fund];
    }

    function _requireOfficers(
        bytes32 structHash,
        IRegistry.Attestation[2] calldata attestations
    ) internal view {
        _registry.requireAttested(_hashTypedDataV4(structHash), REGISTRAR, COMMITTEE, attestations);
    }
}
