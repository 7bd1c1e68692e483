// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Base64} from "@openzeppelin/contracts/utils/Base64.sol";

import {IAssemblyErrors} from "./IAssemblyErrors.sol";

/// @title SigningHash: what a key signs in the end
/// @notice Wallets sign a digest as it is, WebCrypto signs its SHA-256, and a passkey signs what the browser wraps
/// around it (docs/SPEC.md, section 1).
library SigningHash {
    uint8 private constant PLAIN = 0;
    uint8 private constant SHA256 = 1;
    uint8 private constant WEBAUTHN = 2;

    /// @dev Hash of the relying party (32), flags (1), counter (4).
    uint256 private constant AUTHENTICATOR_DATA_BYTES = 37;

    // Flags of the authenticator data: user present, user verified, backup eligible, backed up.
    uint8 private constant PRESENT_AND_VERIFIED = 0x05;
    uint8 private constant BACKUP_ELIGIBLE = 0x08;
    uint8 private constant BACKED_UP = 0x10;

    /// @notice The hash that is signed for a digest.
    /// @param digest The EIP-712 digest.
    /// @param form 0 plain, 1 sha256, 2 webauthn.
    /// @param envelope For webauthn `uint16 length ‖ authenticatorData ‖ clientDataJSON`.
    /// @return hash The signing hash; it says unmistakably which envelope was signed.
    /// @return valid Whether the envelope is an assertion over this digest by a user present and verified.
    function derive(
        bytes32 digest,
        uint8 form,
        bytes calldata envelope
    ) internal pure returns (bytes32 hash, bool valid) {
        if (form == PLAIN) return (digest, true);
        if (form == SHA256) return (sha256(abi.encodePacked(digest)), true);
        if (form == WEBAUTHN) return _deriveWebAuthn(digest, envelope);
        revert IAssemblyErrors.AssemblyFormUnknown(form);
    }

    /// @dev As OpenZeppelin's WebAuthn, with two differences: many equal sheets share one envelope, so the signature
    /// is checked elsewhere; and type and challenge stand where WebAuthn Level 2, section 5.8.1.1, puts them, so that
    /// nobody who opens a batch can point to another place and have a good ballot refused.
    function _deriveWebAuthn(
        bytes32 digest,
        bytes calldata envelope
    ) private pure returns (bytes32 hash, bool valid) {
        uint256 split = envelope.length < 2 ? 0 : 2 + uint256(uint16(bytes2(envelope)));
        if (split == 0 || split > envelope.length) return (0, false);
        bytes calldata authenticatorData = envelope[2:split];
        bytes calldata clientData = envelope[split:];

        hash = sha256(abi.encodePacked(authenticatorData, sha256(clientData)));
        valid =
            authenticatorData.length >= AUTHENTICATOR_DATA_BYTES &&
            _hasValidFlags(uint8(authenticatorData[32])) &&
            _beginsWithChallenge(clientData, digest);
    }

    function _hasValidFlags(uint8 flags) private pure returns (bool) {
        return
            flags & PRESENT_AND_VERIFIED == PRESENT_AND_VERIFIED &&
            (flags & BACKUP_ELIGIBLE != 0 || flags & BACKED_UP == 0);
    }

    function _beginsWithChallenge(bytes calldata clientData, bytes32 digest) private pure returns (bool) {
        bytes memory expected = abi.encodePacked(
            '{"type":"webauthn.get","challenge":"',
            Base64.encodeURL(abi.encodePacked(digest)),
            '"'
        );
        return
            clientData.length >= expected.length &&
            keccak256(clientData[:expected.length]) == keccak256(expected);
    }
}
