// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IERC7913SignatureVerifier} from "@openzeppelin/contracts/interfaces/IERC7913.sol";
import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";

/// @title WebCryptoVerifier: ERC-7913 verifier of officers' P-256 keys in a browser
/// @notice WebCrypto always hashes what it signs, so a digest is signed as its SHA-256 (the form `sha256` of
/// docs/SPEC.md). OpenZeppelin's ERC7913P256Verifier checks the digest itself.
contract WebCryptoVerifier is IERC7913SignatureVerifier {
    /// @inheritdoc IERC7913SignatureVerifier
    function verify(
        bytes calldata key,
        bytes32 hash,
        bytes calldata signature
    ) external view override returns (bytes4) {
        if (key.length != 64 || signature.length != 64) return 0xffffffff;
        bool valid = P256.verify(
            sha256(abi.encodePacked(hash)),
            bytes32(signature[:32]),
            bytes32(signature[32:]),
            bytes32(key[:32]),
            bytes32(key[32:])
        );
        return valid ? IERC7913SignatureVerifier.verify.selector : bytes4(0xffffffff);
    }
}
