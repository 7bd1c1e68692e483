// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {IRegistry} from "./IRegistry.sol";
import {COMMITTEE, REGISTRAR, RELAYER} from "./Roles.sol";

/// @title Officers: the part of the Registry that knows who may act
abstract contract Officers is IRegistry, EIP712("Mingzhang", "1") {
    bytes32 private constant OFFICER_TYPEHASH = keccak256("Officer(bytes signer,uint8 roles,uint256 nonce)");

    mapping(bytes32 officerId => uint8 roles) private _roles;
    mapping(uint8 role => uint256 holders) private _holders;
    uint256 private _officerNonce;

    modifier onlyRelayer() {
        require(hasRole(msg.sender, RELAYER), RegistryNotRelayer(msg.sender));
        _;
    }

    constructor(Appointment[] memory appointments) {
        for (uint256 i = 0; i < appointments.length; ++i) {
            _setOfficer(appointments[i].signer, appointments[i].roles);
        }
        _requireHolders();
    }

    /// @inheritdoc IRegistry
    function setOfficer(
        bytes calldata signer,
        uint8 roles,
        Attestation[2] calldata attestations
    ) external override {
        bytes32 digest = _hashTypedDataV4(
            keccak256(abi.encode(OFFICER_TYPEHASH, keccak256(signer), roles, _officerNonce++))
        );
        requireAttested(digest, REGISTRAR, COMMITTEE, attestations);

        _setOfficer(signer, roles);
        _requireHolders();
    }

    /// @inheritdoc IRegistry
    function requireAttested(
        bytes32 digest,
        uint8 firstRole,
        uint8 secondRole,
        Attestation[2] calldata attestations
    ) public view override {
        bytes32 first = _requireSigned(digest, firstRole, attestations[0]);
        bytes32 second = _requireSigned(digest, secondRole, attestations[1]);
        require(first != second, RegistrySameOfficer(first));
    }

    /// @inheritdoc IRegistry
    function officerNonce() external view override returns (uint256) {
        return _officerNonce;
    }

    /// @inheritdoc IRegistry
    function rolesOf(bytes32 officerId) external view override returns (uint8) {
        return _roles[officerId];
    }

    /// @inheritdoc IRegistry
    function hasRole(address account, uint8 role) public view override returns (bool) {
        return _roles[keccak256(abi.encodePacked(account))] & role != 0;
    }

    function _requireSigned(
        bytes32 digest,
        uint8 role,
        Attestation calldata attestation
    ) private view returns (bytes32 officerId) {
        officerId = keccak256(attestation.signer);
        require(_roles[officerId] & role != 0, RegistryRoleMissing(officerId, role));
        require(
            SignatureChecker.isValidSignatureNow(attestation.signer, digest, attestation.signature),
            RegistryAttestationInvalid(officerId, digest)
        );
    }

    function _setOfficer(bytes memory signer, uint8 roles) private {
        bytes32 officerId = keccak256(signer);
        require(signer.length >= 20, RegistrySignerInvalid(signer));
        require(
            roles & (REGISTRAR | COMMITTEE) != REGISTRAR | COMMITTEE,
            RegistryRolesIncompatible(officerId, roles)
        );

        uint8 former = _roles[officerId];
        _recount(REGISTRAR, former, roles);
        _recount(COMMITTEE, former, roles);
        _roles[officerId] = roles;

        emit OfficerSet(officerId, signer, roles);
    }

    function _recount(uint8 role, uint8 former, uint8 roles) private {
        if (former & role == 0 && roles & role != 0) ++_holders[role];
        if (former & role != 0 && roles & role == 0) --_holders[role];
    }

    /// @dev Every change asks for both of them.
    function _requireHolders() private view {
        require(_holders[REGISTRAR] > 0, RegistryLastOfficer(REGISTRAR));
        require(_holders[COMMITTEE] > 0, RegistryLastOfficer(COMMITTEE));
    }
}
