// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// @title IRegistryErrors: how the registry says no
interface IRegistryErrors {
    /// @notice Only the account that deployed the contract names the Assembly.
    error RegistryNotDeployer(address account);

    /// @notice The Assembly has been named already.
    error RegistryAssemblyAlreadySet(address assemblyAddress);

    /// @notice Only the Assembly assigns rolls.
    error RegistryNotAssembly(address account);

    /// @notice A signer must be an address or a verifier contract with a key.
    error RegistrySignerInvalid(bytes signer);

    /// @notice One officer must not hold both roles of a pair of signatures: registrar and committee.
    error RegistryRolesIncompatible(bytes32 officerId, uint8 roles);

    /// @notice Without one registrar and one committee officer nobody could ever be appointed again.
    error RegistryLastOfficer(uint8 role);

    /// @notice The signer does not hold the role that the message asks for.
    error RegistryRoleMissing(bytes32 officerId, uint8 role);

    /// @notice The officer's signature does not verify over this digest.
    error RegistryAttestationInvalid(bytes32 officerId, bytes32 digest);

    /// @notice Two different officers must sign.
    error RegistrySameOfficer(bytes32 officerId);

    /// @notice The account is not a relayer.
    error RegistryNotRelayer(address account);

    /// @notice Area pages are stored for the next roll only.
    error RegistryRollNotNext(uint256 roll, uint256 next);

    /// @notice There is no such roll.
    error RegistryRollUnknown(uint256 roll);

    /// @notice A roll has 1 to 65,535 voters.
    error RegistryVotersInvalid(uint256 voters);

    /// @notice An area has 4 or 5 bytes.
    error RegistryAreaBytesInvalid(uint8 areaBytes);

    /// @notice The total area is more than nothing, and below 2^48: a tally keeps it in 48 bits.
    error RegistryTotalAreaInvalid(uint64 totalArea);

    /// @notice The page of areas does not have the length that its place asks for.
    error RegistryAreaPageInvalid(uint256 page, uint256 length);

    /// @notice The areas are not those that were signed.
    error RegistryAreasDiffer(bytes32 areas, bytes32 signed);

    /// @notice The areas do not add up to the stated total.
    error RegistryTotalAreaDiffers(uint256 sum, uint256 stated);

    /// @notice The buildings do not add up to the roll's totals.
    error RegistryBuildingsDiffer(uint256 heads, uint256 area);

    /// @notice The roll already serves a meeting.
    error RegistryRollAssigned(uint256 roll);

    /// @notice The roll serves no meeting yet.
    error RegistryRollNotAssigned(uint256 roll);

    /// @notice Keys could be bound and revoked until `keysUntil` only.
    error RegistryKeysClosed(uint256 roll, uint256 keysUntil);

    /// @notice A key is of kind 0 (secp256k1) or 1 (P-256).
    error RegistryKeyKindUnknown(uint8 kind);

    /// @notice A page of keys holds whole entries, 1 to 1,090 (secp256k1) or 705 (P-256).
    error RegistryKeyPageInvalid(uint256 length);

    /// @notice There is no such key.
    error RegistryKeyUnknown(uint256 roll, uint256 page, uint256 position);

    /// @notice There is no such voter.
    error RegistryVoterUnknown(uint256 roll, uint256 voter);

    /// @notice The key has been revoked already.
    error RegistryKeyAlreadyRevoked(uint256 roll, uint256 page, uint256 position);

    /// @notice The two places do not hold the same key, the first before the second.
    error RegistryKeysDiffer(bytes first, bytes second);
}
