// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";

import {Words} from "./Words.sol";

/// @title KeySignature: voters' signatures
/// @notice A secp256k1 signature (EIP-2098) recovers its key. A P-256 signature carries it, because the roll keeps
/// no more of a key than its id.
library KeySignature {
    uint256 private constant SECP256K1 = 0;

    /// @notice Bytes of a signature by a key of this kind.
    function length(uint256 kind) internal pure returns (uint256) {
        return kind == SECP256K1 ? 64 : 128;
    }

    /// @notice Whether the key signed the hash. High s values are refused, so nobody can vary a signature.
    /// @param kind Kind of the key.
    /// @param keyId Id of the key.
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
        bytes32 x = Words.load(signature, 64);
        bytes32 y = Words.load(signature, 96);
        return uint160(uint256(Hashes.efficientKeccak256(x, y))) == keyId && P256.verify(hash, r, s, x, y);
    }
}
