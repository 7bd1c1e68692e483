// Generated from the contracts by `npm run generate`; `npm run check` compares.

/** Hashes of the code of officers' verifiers as it stands on a chain. */
export const verifierHashes = {
  webCryptoVerifier: "0xbb0ba33eac78b4c5dc470e27142794adc4f04ff73a06df388e20627edc3c004c",
  webAuthnVerifier: "0x9d7a27c717d4c95d319f97ded9c11070ea5bca6761aedf3ec39b1062cff6739e",
} as const;
