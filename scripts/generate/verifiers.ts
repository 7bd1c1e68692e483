import { keccak256 } from "ethers";
import fs from "node:fs";
import path from "node:path";

/** The ERC-7913 verifiers of officers' keys: one of ours, one of OpenZeppelin's as it is. */
const SOURCES = {
  webCryptoVerifier: "contracts/registry/WebCryptoVerifier.sol",
  webAuthnVerifier:
    "@openzeppelin/contracts/utils/cryptography/verifiers/ERC7913WebAuthnVerifier.sol",
} as const;

interface Artifact {
  bytecode: string;
  deployedBytecode: string;
  immutableReferences: object;
}

const NOTICE = "// Generated from the contracts by `npm run generate`; `npm run check` compares.\n";

/** The hashes of the verifiers' code on a chain. The contracts must be compiled. */
export function hashVerifiers(root: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(SOURCES).map(([name, source]) => {
      return [name, keccak256(readArtifact(root, source).deployedBytecode)];
    }),
  );
}

/** What the service deploys once per chain, and by what verifiers know it again. The contracts must be compiled. */
export function generateVerifierFiles(root: string): Map<string, string> {
  const artifacts = Object.entries(SOURCES).map(
    ([name, source]) => [name, readArtifact(root, source)] as const,
  );
  const hashes = Object.entries(hashVerifiers(root)).map(
    ([name, hash]) => `  ${name}: "${hash}",\n`,
  );
  const codes = artifacts.map(([name, { bytecode }]) => `  ${name}:\n    "${bytecode}",\n`);
  const hashDoc = "/** Hashes of the code of officers' verifiers as it stands on a chain. */\n";
  return new Map([
    [
      "protocol/abi/verifiers.ts",
      `${NOTICE}\n${hashDoc}export const verifierHashes = {\n${hashes.join("")}} as const;\n`,
    ],
    [
      "api/chain/verifierCode.ts",
      `${NOTICE}\nexport const verifierCode = {\n${codes.join("")}} as const;\n`,
    ],
  ]);
}

function readArtifact(root: string, source: string): Artifact {
  const file = path.join(root, "artifacts", source, `${path.basename(source, ".sol")}.json`);
  const artifact = JSON.parse(fs.readFileSync(file, "utf8")) as Artifact;
  if (Object.keys(artifact.immutableReferences).length > 0) {
    throw new Error(`${source} has immutable values: its hash would not be the same everywhere.`);
  }
  return artifact;
}
