import { createRequire } from "node:module";
import type { Abi } from "viem";
import type { Contracts } from "../../../api/chain/contracts.ts";

// Three contracts that are deployed like a community's, small enough to show what the chain's machinery does: a
// note is written once, at any time, in an order that matters; some notes are refused, by name.
const SOURCE = `// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

struct Appointment { bytes signer; uint8 roles; }

contract Registry {
    error RegistryNobody();
    address public theAssembly;
    uint256 public officers;
    constructor(Appointment[] memory appointments) {
        if (appointments.length < 2) revert RegistryNobody();
        officers = appointments.length;
    }
    function setAssembly(address assembly_) external { theAssembly = assembly_; }
}

contract Anchor {
    error AnchorRefused(uint256 number, address sender, string[] reasons);
    event Noted(bytes32 indexed note, uint256 count, uint256 at);
    uint256 public count;
    mapping(bytes32 note => uint256) public times;
    constructor(address) {}

    function note(bytes32 text) external {
        times[text] += 1;
        count += 1;
        emit Noted(text, count, block.timestamp);
    }
    /// Succeeds only when exactly so many notes were written before.
    function noteAfter(bytes32 text, uint256 before) external {
        if (count != before) revert AnchorRefused(count, msg.sender, new string[](1));
        this.note(text);
    }
    /// Fills a block.
    function burn(uint256 from, uint256 rounds) external {
        for (uint256 i = from; i < from + rounds; ++i) times[bytes32(i)] = 1;
    }
}

contract Assembly {
    constructor(address) {}
}

contract Fund {
    constructor(address) {}
}
`;

interface Output {
  errors?: { severity: string; formattedMessage: string }[];
  contracts: Record<string, Record<string, { abi: Abi; evm: { bytecode: { object: string } } }>>;
}

/** Compiled here, with the compiler that the package brings. */
export function compileNotebook(): Contracts {
  const solc = createRequire(import.meta.url)("solc") as { compile(input: string): string };
  const input = {
    language: "Solidity",
    sources: { "Notebook.sol": { content: SOURCE } },
    settings: {
      evmVersion: "cancun",
      outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
    },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as Output;
  const errors = output.errors?.filter(({ severity }) => severity === "error") ?? [];
  if (errors.length > 0) throw new Error(errors.map((e) => e.formattedMessage).join("\n"));
  const take = (name: string) => {
    const { abi, evm } = output.contracts["Notebook.sol"]![name]!;
    return { abi, bytecode: `0x${evm.bytecode.object}` as const };
  };
  return {
    registry: take("Registry"),
    anchor: take("Anchor"),
    assembly: take("Assembly"),
    fund: take("Fund"),
  };
}
