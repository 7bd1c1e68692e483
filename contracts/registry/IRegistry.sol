// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IRegistryErrors} from "./IRegistryErrors.sol";

/// @title IRegistry: who may act, who may vote, and with which key
/// @notice The first of a community's three contracts. It keeps the officers, the frozen rolls of voters with their
/// areas, and the keys bound to the voters of a roll. Names, flats and documents stay off the chain.
/// @dev All areas are in 1e-4 m², all times are Unix seconds. Signed messages are EIP-712 in this contract's domain;
/// docs/SPEC.md, sections 1 and 2, gives their types.
interface IRegistry is IRegistryErrors {
    /// @notice An officer's signature.
    /// @param signer The officer as an ERC-7913 signer: an address (20 bytes), or a verifier contract and a key.
    /// @param signature What SignatureChecker accepts for that signer.
    struct Attestation {
        bytes signer;
        bytes signature;
    }

    /// @notice An officer with his roles, as given when the contract is deployed.
    /// @param signer The officer as an ERC-7913 signer.
    /// @param roles The bits of Roles.sol.
    struct Appointment {
        bytes signer;
        uint8 roles;
    }

    /// @notice What two officers sign when a roll is frozen, beside its number and its buildings.
    /// @param record Leaf hash of the roll's record in the log.
    /// @param linesRoot Root of the tree of salted unit lines.
    /// @param areas Hash of the areas of all voters, joined in the order of the voters.
    /// @param areaBytes Width of one area: 4, or 5 when one voter holds more than 429,496.7295 m².
    /// @param voters Number of voters; they are numbered 0 to `voters - 1`.
    /// @param totalArea Sum of all areas.
    struct RollTerms {
        bytes32 record;
        bytes32 linesRoot;
        bytes32 areas;
        uint8 areaBytes;
        uint32 voters;
        uint64 totalArea;
    }

    /// @notice The totals of one building of a roll.
    /// @param name The building as it is called in the community.
    /// @param heads Voters with a unit in it. A voter with units in two buildings is one head in each.
    /// @param area Area of its units.
    struct Building {
        string name;
        uint32 heads;
        uint64 area;
    }

    /// @notice A frozen roll.
    /// @param voters Number of voters.
    /// @param totalArea Sum of all areas.
    /// @param areaBytes Width of one area in the area pages.
    /// @param keyPages Number of key pages so far.
    /// @param keysUntil Keys can be bound and revoked before this time; 0 while no meeting uses the roll, which
    /// sets no limit.
    struct Roll {
        uint32 voters;
        uint64 totalArea;
        uint8 areaBytes;
        uint16 keyPages;
        uint40 keysUntil;
    }

    /// @notice One page of bound keys.
    /// @param store The contract whose immutable arguments are the entries, `uint16 voter ‖ keyId` each.
    /// @param kind Kind of all its keys: 0 secp256k1, 1 P-256.
    /// @param count Number of entries.
    /// @param revoked How many of them are revoked.
    struct KeyPage {
        address store;
        uint8 kind;
        uint16 count;
        uint16 revoked;
    }

    /// @notice Where a key stands in a roll.
    /// @param page Key page, from 0.
    /// @param position Entry in the page, from 0.
    struct KeyPlace {
        uint16 page;
        uint16 position;
    }

    /// @notice A bound key.
    /// @param voter The voter who holds it.
    /// @param kind 0 secp256k1, 1 P-256.
    /// @param keyId secp256k1: the Ethereum address (20 bytes); P-256: the x coordinate of the public key (32).
    /// @param revoked Whether it has been revoked.
    struct Key {
        uint16 voter;
        uint8 kind;
        bytes keyId;
        bool revoked;
    }

    /// @notice The Assembly that may assign rolls has been named.
    event AssemblySet(address assemblyAddress);

    /// @notice An officer has been appointed, changed or (with no roles) dismissed.
    event OfficerSet(bytes32 indexed officerId, bytes signer, uint8 roles);

    /// @notice A full page of areas has been stored ahead of its roll's freeze.
    event AreasStored(uint256 indexed roll, uint256 page, address store);

    /// @notice A roll has been frozen. `store` holds its last (for small rolls its only) page of areas.
    event RollFrozen(uint256 indexed roll, RollTerms terms, Building[] buildings, address store);

    /// @notice A meeting has taken the roll, or has been extended: keys can be bound and revoked before `keysUntil`.
    event RollAssigned(uint256 indexed roll, uint64 keysUntil);

    /// @notice A page of keys has been bound.
    event KeysBound(uint256 indexed roll, uint256 page, uint8 kind, uint256 count, address store);

    /// @notice A key has been revoked, by two officers or because it stood twice in the roll.
    event KeyRevoked(uint256 indexed roll, uint256 page, uint256 position, bool duplicate);

    /// @notice Names the Assembly, once, by the account that deployed this contract.
    function setAssembly(address assemblyAddress) external;

    /// @notice Appoints, changes or (with no roles) dismisses an officer.
    /// @param signer The officer as an ERC-7913 signer.
    /// @param roles The bits of Roles.sol; registrar and committee exclude each other.
    /// @param attestations A registrar's and a committee officer's signature over
    /// `Officer(bytes signer,uint8 roles,uint256 nonce)`.
    function setOfficer(bytes calldata signer, uint8 roles, Attestation[2] calldata attestations) external;

    /// @notice Stores a full page of areas of the next roll, because a roll above one page does not fit into one
    /// transaction. The last page comes with the freeze. A page can be stored again until then. Relayers only.
    /// @param roll The next roll's number.
    /// @param page The page, from 0.
    /// @param areas 24,000 bytes: 6,000 areas of 4 or 4,800 of 5 bytes.
    function storeAreas(uint256 roll, uint256 page, bytes calldata areas) external;

    /// @notice Freezes the next roll. Its areas never change afterwards.
    /// @param terms What the officers sign, beside the number and the buildings.
    /// @param areas The last page of areas; all of them when they fit into one page.
    /// @param buildings The totals of every building.
    /// @param attestations A registrar's and a committee officer's signature over `Roll(...)`.
    /// @return roll The roll's number, from 1.
    function freezeRoll(
        RollTerms calldata terms,
        bytes calldata areas,
        Building[] calldata buildings,
        Attestation[2] calldata attestations
    ) external returns (uint256 roll);

    /// @notice Gives the roll to a meeting: keys can be bound and revoked before `keysUntil`. Once; Assembly only.
    function assignRoll(uint256 roll, uint64 keysUntil) external;

    /// @notice Moves the end of binding and revoking when the meeting is extended. Assembly only.
    function extendRoll(uint256 roll, uint64 keysUntil) external;

    /// @notice Binds a page of keys of one kind to voters.
    /// @param roll The roll.
    /// @param kind 0 secp256k1, 1 P-256.
    /// @param entries `uint16 voter ‖ keyId` each, 22 bytes (secp256k1) or 34 (P-256), sorted by voter. An entry of a
    /// voter beyond the roll binds nobody.
    /// @param attestations A registrar's and a committee officer's signature over
    /// `Keys(uint256 roll,uint256 page,uint8 kind,bytes32 entries)`.
    /// @return page The page's number, from 0 within the roll.
    function bindKeys(
        uint256 roll,
        uint8 kind,
        bytes calldata entries,
        Attestation[2] calldata attestations
    ) external returns (uint256 page);

    /// @notice Revokes a key; ballots signed with it do not count.
    /// @param roll The roll.
    /// @param place Where the key stands.
    /// @param attestations A registrar's and a committee officer's signature over
    /// `Revoke(uint256 roll,uint256 page,uint256 position)`.
    function revokeKey(uint256 roll, KeyPlace calldata place, Attestation[2] calldata attestations) external;

    /// @notice Revokes the second binding of a key that stands twice in a roll. Anybody, at any time: it bears on
    /// every ballot opened afterwards. While the first binding is revoked the second is the only one, and stays.
    /// @param roll The roll.
    /// @param first The binding that stays.
    /// @param second The binding that is revoked; its page and position come later.
    function reportDuplicateKey(uint256 roll, KeyPlace calldata first, KeyPlace calldata second) external;

    /// @notice Reverts unless two different officers, of the roles given and in that order, signed the digest.
    /// @param digest The EIP-712 digest, of whichever contract's domain.
    /// @param firstRole Role that the first must hold.
    /// @param secondRole Role that the second must hold.
    /// @param attestations The two signatures.
    function requireAttested(
        bytes32 digest,
        uint8 firstRole,
        uint8 secondRole,
        Attestation[2] calldata attestations
    ) external view;

    /// @notice The contract that assigns rolls to meetings; zero until it is named.
    function assemblyAddress() external view returns (address);

    /// @notice How often officers have been set: the nonce of the next change.
    function officerNonce() external view returns (uint256);

    /// @notice The roles of an officer, whose id is keccak(signer).
    function rolesOf(bytes32 officerId) external view returns (uint8);

    /// @notice Whether an Ethereum account holds a role.
    function hasRole(address account, uint8 role) external view returns (bool);

    /// @notice Number of rolls frozen so far, which is the number of the last.
    function rollCount() external view returns (uint256);

    /// @notice A frozen roll.
    function getRoll(uint256 roll) external view returns (Roll memory);

    /// @notice The contract whose immutable arguments are a page of areas.
    function areaPage(uint256 roll, uint256 page) external view returns (address);

    /// @notice One voter's area.
    function areaOf(uint256 roll, uint256 voter) external view returns (uint256);

    /// @notice A page of keys; all zero where there is none.
    function getKeyPage(uint256 roll, uint256 page) external view returns (KeyPage memory);

    /// @notice The revoked positions of a page as bits, 256 to the word, the lowest position in the lowest bit.
    function revocations(uint256 roll, uint256 page) external view returns (uint256[] memory words);

    /// @notice A bound key.
    function getKey(uint256 roll, KeyPlace calldata place) external view returns (Key memory);
}
