// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";

import {IRegistry} from "../registry/IRegistry.sol";
import {Words} from "./Words.sol";

/// @title KeySignature: voters' signatures
/// @notice A secp256k1 signature (EIP-2098) recovers its key. A P-256 signature carries the y coordinate of its key,
/// because the roll keeps no more than x.
library KeySignature {
    uint256 private constant SECP256K1 = 0;

    /// @notice Bytes of a signature by a key of this kind.
    function length(uint256 kind) internal pure returns (uint256) {
        return kind == SECP256K1 ? 64 : 96;
    }

    /// @notice Whether a key of the roll signed the hash.
    function verifyBy(
        IRegistry.Key memory key,
        bytes32 hash,
        bytes calldata signature
    ) internal view returns (bool) {
        uint256 keyId = uint256(bytes32(key.keyId)) >> (256 - 8 * key.keyId.length);
        return signature.length == length(key.kind) && verify(key.kind, keyId, hash, signature);
    }

    /// @notice Whether the key signed the hash. High s values are refused, so nobody can vary a signature.
    /// @param kind Kind of the key.
    /// @param keyId secp256k1: the address; P-256: x.
    /// @param hash The signing hash.
    /// @param signature As many bytes as the kind asks for.
    function verify(
        uint256 kind,
        uint256 keyId,
        bytes32 hash,
        bytes calldata signature
    ) internal view returns (bool) {
        bytes32 r = Words.load(signature, 0);
        bytes32 s = Words.load(signature, 32);
        if (kind == SECP256K1) {
            (address recovered, ECDSA.RecoverError err, ) = ECDSA.tryRecover(hash, r, s);
            return uint160(recovered) == keyId && err == ECDSA.RecoverError.NoError;
        }
        return P256.verify(hash, r, s, bytes32(keyId), Words.load(signature, 64));
    }
}
