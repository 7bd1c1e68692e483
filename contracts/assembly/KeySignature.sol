// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";

/// @title KeySignature: voters' signatures
/// @notice A secp256k1 signature (EIP-2098) recovers its key. A P-256 signature carries it, because the roll keeps
/// no more of a key than its id.
library KeySignature {
    uint8 private constant SECP256K1 = 0;

    /// @notice Bytes of a signature by a key of this kind.
    function length(uint8 kind) internal pure returns (uint256) {
        return kind == SECP256K1 ? 64 : 128;
    }

    /// @notice Whether the key signed the hash. High s values are refused, so nobody can vary a signature.
    /// @param kind Kind of the key.
    /// @param keyId Id of the key.
    /// @param hash The signing hash.
    /// @param signature As many bytes as the kind asks for.
    function verify(
        uint8 kind,
        address keyId,
        bytes32 hash,
        bytes calldata signature
    ) internal view returns (bool) {
        bytes32 r = bytes32(signature);
        bytes32 s = bytes32(signature[32:]);
        if (kind == SECP256K1) {
            (address recovered, ECDSA.RecoverError err, ) = ECDSA.tryRecover(hash, r, s);
            return err == ECDSA.RecoverError.NoError && recovered == keyId;
        }
        return
            keyId == address(uint160(uint256(keccak256(signature[64:])))) &&
            P256.verify(hash, r, s, bytes32(signature[64:]), bytes32(signature[96:]));
    }
}
