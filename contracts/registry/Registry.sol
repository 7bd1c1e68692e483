// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Bytes} from "@openzeppelin/contracts/utils/Bytes.sol";

import {IRegistry} from "./IRegistry.sol";
import {Officers} from "./Officers.sol";
import {Pages} from "./Pages.sol";
import {COMMITTEE, REGISTRAR} from "./Roles.sol";

/// @title Registry
/// @dev Nothing here can be upgraded, and nothing that has been frozen or bound can be changed; a key can be revoked.
contract Registry is Officers {
    bytes32 private constant ROLL_TYPEHASH = keccak256(
        "Roll(uint256 roll,bytes32 record,bytes32 linesRoot,bytes32 areas,uint8 areaBytes,uint32 voters,"
        "uint64 totalArea,bytes32 buildings)"
    );
    bytes32 private constant KEYS_TYPEHASH = keccak256(
        "Keys(uint256 roll,uint256 page,uint8 kind,bytes32 entries)"
    );
    bytes32 private constant REVOKE_TYPEHASH = keccak256(
        "Revoke(uint256 roll,uint256 page,uint256 position)"
    );

    uint256 private constant MAX_KIND = 1;

    address private immutable _deployer = msg.sender;
    address private _assembly;

    uint256 private _rollCount;
    mapping(uint256 roll => Roll) private _rolls;
    mapping(uint256 roll => mapping(uint256 page => address)) private _areaPages;
    mapping(uint256 roll => mapping(uint256 page => KeyPage)) private _keyPages;
    mapping(uint256 roll => mapping(uint256 page => mapping(uint256 word => uint256 bits))) private _revoked;

    modifier onlyAssembly() {
        require(msg.sender == _assembly, RegistryNotAssembly(msg.sender));
        _;
    }

    constructor(Appointment[] memory appointments) Officers(appointments) {}

    // ── Set-up ──

    /// @inheritdoc IRegistry
    function setAssembly(address assembly_) external override {
        require(msg.sender == _deployer, RegistryNotDeployer(msg.sender));
        require(_assembly == address(0), RegistryAssemblyAlreadySet(_assembly));

        _assembly = assembly_;

        emit AssemblySet(assembly_);
    }

    // ── Rolls ──

    /// @inheritdoc IRegistry
    function storeAreas(uint256 roll, uint256 page, bytes calldata areas) external override onlyRelayer {
        require(roll == _rollCount + 1, RegistryRollNotNext(roll, _rollCount + 1));
        require(areas.length == Pages.AREA_PAGE_BYTES, RegistryAreaPageInvalid(page, areas.length));

        address store = Pages.store(areas);
        _areaPages[roll][page] = store;

        emit AreasStored(roll, page, store);
    }

    /// @inheritdoc IRegistry
    function freezeRoll(
        RollTerms calldata terms,
        bytes calldata areas,
        Building[] calldata buildings,
        Attestation[2] calldata attestations
    ) external override returns (uint256 roll) {
        // A voter's number has 16 bits.
        require(terms.voters > 0 && terms.voters <= type(uint16).max, RegistryVotersInvalid(terms.voters));
        require(terms.areaBytes == 4 || terms.areaBytes == 5, RegistryAreaBytesInvalid(terms.areaBytes));
        require(
            terms.totalArea > 0 && terms.totalArea <= type(uint48).max,
            RegistryTotalAreaInvalid(terms.totalArea)
        );
        roll = ++_rollCount;
        _requireRollAttested(roll, terms, buildings, attestations);
        _requireBuildings(terms, buildings);

        address store = _storeLastAreas(roll, terms, areas);
        Roll storage frozen = _rolls[roll];
        frozen.voters = terms.voters;
        frozen.totalArea = terms.totalArea;
        frozen.areaBytes = terms.areaBytes;

        emit RollFrozen(roll, terms, buildings, store);
    }

    /// @inheritdoc IRegistry
    function assignRoll(uint256 roll, uint64 keysUntil) external override onlyAssembly {
        Roll storage frozen = _requireRoll(roll);
        require(frozen.keysUntil == 0, RegistryRollAssigned(roll));

        frozen.keysUntil = uint40(keysUntil);

        emit RollAssigned(roll, keysUntil);
    }

    /// @inheritdoc IRegistry
    function extendRoll(uint256 roll, uint64 keysUntil) external override onlyAssembly {
        Roll storage frozen = _requireRoll(roll);
        require(frozen.keysUntil != 0, RegistryRollNotAssigned(roll));

        frozen.keysUntil = uint40(keysUntil);

        emit RollAssigned(roll, keysUntil);
    }

    // ── Keys ──

    /// @inheritdoc IRegistry
    function bindKeys(
        uint256 roll,
        uint8 kind,
        bytes calldata entries,
        Attestation[2] calldata attestations
    ) external override returns (uint256 page) {
        Roll storage frozen = _requireKeysOpen(roll);
        require(kind <= MAX_KIND, RegistryKeyKindUnknown(kind));
        uint256 width = Pages.entryBytes(kind);
        uint256 count = entries.length / width;
        require(
            count > 0 && entries.length <= Pages.KEY_PAGE_BYTES && entries.length % width == 0,
            RegistryKeyPageInvalid(entries.length)
        );
        page = frozen.keyPages++;
        _requireOfficers(
            keccak256(abi.encode(KEYS_TYPEHASH, roll, page, kind, keccak256(entries))),
            attestations
        );

        address store = Pages.store(entries);
        _keyPages[roll][page] = KeyPage({store: store, kind: kind, count: uint16(count), revoked: 0});

        emit KeysBound(roll, page, kind, count, store);
    }

    /// @inheritdoc IRegistry
    function revokeKey(
        uint256 roll,
        KeyPlace calldata place,
        Attestation[2] calldata attestations
    ) external override {
        _requireKeysOpen(roll);
        _requireOfficers(
            keccak256(abi.encode(REVOKE_TYPEHASH, roll, place.page, place.position)),
            attestations
        );

        _revoke(roll, place, false);
    }

    /// @inheritdoc IRegistry
    function reportDuplicateKey(
        uint256 roll,
        KeyPlace calldata first,
        KeyPlace calldata second
    ) external override {
        Key memory one = getKey(roll, first);
        Key memory other = getKey(roll, second);
        bool ascending =
            first.page < second.page || (first.page == second.page && first.position < second.position);
        require(
            ascending && one.kind == other.kind && Bytes.equal(one.keyId, other.keyId),
            RegistryKeysDiffer(one.keyId, other.keyId)
        );
        require(!one.revoked, RegistryKeyAlreadyRevoked(roll, first.page, first.position));

        _revoke(roll, second, true);
    }

    // ── Views ──

    /// @inheritdoc IRegistry
    function assemblyAddress() external view override returns (address) {
        return _assembly;
    }

    /// @inheritdoc IRegistry
    function rollCount() external view override returns (uint256) {
        return _rollCount;
    }

    /// @inheritdoc IRegistry
    function getRoll(uint256 roll) external view override returns (Roll memory) {
        return _requireRoll(roll);
    }

    /// @inheritdoc IRegistry
    function areaPage(uint256 roll, uint256 page) external view override returns (address) {
        return _areaPages[roll][page];
    }

    /// @inheritdoc IRegistry
    function areaOf(uint256 roll, uint256 voter) external view override returns (uint256) {
        Roll storage frozen = _requireRoll(roll);
        require(voter < frozen.voters, RegistryVoterUnknown(roll, voter));
        uint256 perPage = Pages.AREA_PAGE_BYTES / frozen.areaBytes;
        bytes memory areas = Pages.load(_areaPages[roll][voter / perPage]);
        return Pages.read(areas, voter % perPage, frozen.areaBytes);
    }

    /// @inheritdoc IRegistry
    function getKeyPage(uint256 roll, uint256 page) external view override returns (KeyPage memory) {
        return _keyPages[roll][page];
    }

    /// @inheritdoc IRegistry
    function revocations(uint256 roll, uint256 page) external view override returns (uint256[] memory words) {
        words = new uint256[](_keyPages[roll][page].count / 256 + 1);
        for (uint256 i = 0; i < words.length; ++i) words[i] = _revoked[roll][page][i];
    }

    /// @inheritdoc IRegistry
    function getKey(uint256 roll, KeyPlace calldata place) public view override returns (Key memory key) {
        KeyPage storage page = _keyPages[roll][place.page];
        require(place.position < page.count, RegistryKeyUnknown(roll, place.page, place.position));
        bytes memory entries = Pages.load(page.store);
        uint256 width = Pages.entryBytes(page.kind);
        uint256 start = width * place.position;
        return
            Key({
                voter: uint16(bytes2(Bytes.slice(entries, start, start + 2))),
                kind: page.kind,
                keyId: Bytes.slice(entries, start + 2, start + width),
                revoked: (_revoked[roll][place.page][place.position / 256] >> (place.position % 256)) & 1 == 1
            });
    }

    // ── Inside ──

    function _requireRoll(uint256 roll) private view returns (Roll storage frozen) {
        frozen = _rolls[roll];
        require(frozen.voters > 0, RegistryRollUnknown(roll));
    }

    function _requireKeysOpen(uint256 roll) private view returns (Roll storage frozen) {
        frozen = _requireRoll(roll);
        uint256 keysUntil = frozen.keysUntil;
        require(keysUntil == 0 || block.timestamp < keysUntil, RegistryKeysClosed(roll, keysUntil));
    }

    function _requireOfficers(bytes32 structHash, Attestation[2] calldata attestations) private view {
        requireAttested(_hashTypedDataV4(structHash), REGISTRAR, COMMITTEE, attestations);
    }

    function _requireRollAttested(
        uint256 roll,
        RollTerms calldata terms,
        Building[] calldata buildings,
        Attestation[2] calldata attestations
    ) private view {
        bytes32 buildingsHash = keccak256(abi.encode(buildings));
        _requireOfficers(keccak256(abi.encode(ROLL_TYPEHASH, roll, terms, buildingsHash)), attestations);
    }

    /// @dev Areas belong to one building each. A voter with units in two buildings is one head in both.
    function _requireBuildings(RollTerms calldata terms, Building[] calldata buildings) private pure {
        uint256 heads;
        uint256 area;
        for (uint256 i = 0; i < buildings.length; ++i) {
            require(
                buildings[i].heads <= terms.voters,
                RegistryBuildingsDiffer(buildings[i].heads, buildings[i].area)
            );
            heads += buildings[i].heads;
            area += buildings[i].area;
        }
        require(heads >= terms.voters && area == terms.totalArea, RegistryBuildingsDiffer(heads, area));
    }

    /// @dev The pages before the last have been stored by storeAreas.
    function _storeLastAreas(
        uint256 roll,
        RollTerms calldata terms,
        bytes calldata areas
    ) private returns (address store) {
        uint256 length = uint256(terms.voters) * terms.areaBytes;
        uint256 lastPage = (length - 1) / Pages.AREA_PAGE_BYTES;
        require(
            areas.length == length - lastPage * Pages.AREA_PAGE_BYTES,
            RegistryAreaPageInvalid(lastPage, areas.length)
        );
        bytes[] memory pages = new bytes[](lastPage + 1);
        pages[lastPage] = areas;
        uint256 totalArea = Pages.sum(pages[lastPage], terms.areaBytes);
        for (uint256 i = 0; i < lastPage; ++i) {
            require(_areaPages[roll][i] != address(0), RegistryAreaPageInvalid(i, 0));
            pages[i] = Pages.load(_areaPages[roll][i]);
            totalArea += Pages.sum(pages[i], terms.areaBytes);
        }
        bytes32 joined = keccak256(Bytes.concat(pages));
        require(joined == terms.areas, RegistryAreasDiffer(joined, terms.areas));
        require(totalArea == terms.totalArea, RegistryTotalAreaDiffers(totalArea, terms.totalArea));

        store = Pages.store(pages[lastPage]);
        _areaPages[roll][lastPage] = store;
    }

    function _revoke(uint256 roll, KeyPlace calldata place, bool duplicate) private {
        require(!getKey(roll, place).revoked, RegistryKeyAlreadyRevoked(roll, place.page, place.position));

        _revoked[roll][place.page][place.position / 256] |= 1 << (place.position % 256);
        ++_keyPages[roll][place.page].revoked;

        emit KeyRevoked(roll, place.page, place.position, duplicate);
    }
}
