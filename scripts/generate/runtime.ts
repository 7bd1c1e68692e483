import { keccak256 } from "ethers";

/** What the compiler says of a contract's code as it stands on a chain. */
export interface RuntimeArtifact {
  readonly contractName: string;
  readonly deployedBytecode: string;
  readonly immutableReferences: Readonly<Record<string, readonly { start: number }[]>>;
}

/** The code's hash with the immutable values left out, and where in the code each of them stands. */
export function runtimeOf(artifact: RuntimeArtifact): { hash: string; immutables: number[][] } {
  const immutables = Object.values(artifact.immutableReferences).map((places) =>
    places.map(({ start }) => start),
  );
  // The compiler leaves zeros where the immutable values go.
  return { hash: keccak256(artifact.deployedBytecode), immutables };
}

/** The same of every contract. */
export function renderRuntimes(artifacts: readonly RuntimeArtifact[]): string {
  const entries = artifacts.map((artifact) => {
    const value = JSON.stringify(runtimeOf(artifact), null, 2);
    return `  ${artifact.contractName.toLowerCase()}: ${value.replaceAll("\n", "\n  ")},\n`;
  });
  const doc =
    "/** The contracts' code on a chain: its hash with every immutable value (32 bytes each) set to zero,\n" +
    " * and the places of those values, one list for each of them. */\n";
  return `${doc}export const runtimes = {\n${entries.join("")}} as const;\n`;
}
