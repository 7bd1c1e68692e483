import hardhatEthers from "@nomicfoundation/hardhat-ethers";
import hardhatMocha from "@nomicfoundation/hardhat-mocha";
import { defineConfig } from "hardhat/config";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

export default defineConfig({
  plugins: [hardhatEthers, hardhatMocha],
  paths: { tests: { mocha: "test/contracts", solidity: "test/contracts" } },
  solidity: {
    // Deployed as it is: the verifier of officers' passkeys.
    npmFilesToBuild: [
      "@openzeppelin/contracts/utils/cryptography/verifiers/ERC7913WebAuthnVerifier.sol",
    ],
    compilers: [
      {
        version: "0.8.37",
        // The compiler ships in the npm package: nothing is downloaded.
        path: require.resolve("solc/soljson.js"),
        settings: {
          // Cancun runs on Besu and on FISCO BCOS with Cancun switched on.
          evmVersion: "cancun",
          viaIR: true,
          // Verifiers compare a contract's code: a comment must not change it.
          metadata: { bytecodeHash: "none" },
          optimizer: { enabled: true, runs: 200 },
          // Where contracts keep their values: verifiers prove the chain's state by it.
          outputSelection: { "*": { "*": ["storageLayout"] } },
        },
      },
    ],
  },
  // Invariants: so many sequences of so many acts; a refusal is an answer, a handler that fails is not.
  test: { solidity: { invariant: { runs: 24, depth: 60, failOnRevert: true } } },
  networks: {
    default: {
      type: "edr-simulated",
      chainType: "l1",
      hardfork: "osaka",
      allowBlocksWithSameTimestamp: true,
    },
  },
});
