import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";
import type { Contract, Signer, TypedDataField } from "ethers";
import hre from "hardhat";
import { ROLE } from "../../../protocol/registry/messages.ts";

/** One officer's signature as the contracts take it. */
export type Attestation = { signer: string; signature: string };

/** A simulated chain with one community's contracts and officers. */
export type Community = {
  ethers: HardhatEthers;
  registry: Contract;
  anchor: Contract;
  assembly: Contract;
  fund: Contract;
  officers: {
    registrar: Signer;
    committee: Signer;
    firstTeller: Signer;
    secondTeller: Signer;
    relayer: Signer;
    /** A second committee officer, who submits claims. */
    author: Signer;
    firstApprover: Signer;
    secondApprover: Signer;
    thirdApprover: Signer;
  };
  outsider: Signer;
};

type Types = Record<string, TypedDataField[]>;

const toField = (field: string): TypedDataField => {
  const [type, name] = field.split(" ");
  return { type: type!, name: name! };
};

/** Typed data from an EIP-712 type string such as `Keys(uint256 roll,uint256 page)`. */
export function parseType(text: string): { name: string; types: Types } {
  const [name, fields] = text.slice(0, -1).split("(");
  return { name: name!, types: { [name!]: fields!.split(",").map(toField) } };
}

/** The EIP-712 domain of a contract. */
export async function domainOf(contract: Contract) {
  const { chainId } = await contract.runner!.provider!.getNetwork();
  const verifyingContract = await contract.getAddress();
  return { name: "Mingzhang", version: "1", chainId, verifyingContract };
}

/** Two officers' signatures over a message of a contract's domain. */
export async function attest(
  contract: Contract,
  type: string,
  value: Record<string, unknown>,
  signers: Signer[],
): Promise<Attestation[]> {
  const domain = await domainOf(contract);
  const { types } = parseType(type);
  return Promise.all(
    signers.map(async (signer) => ({
      signer: await signer.getAddress(),
      signature: await signer.signTypedData(domain, types, value),
    })),
  );
}

/** Deploys a community's contracts on a fresh simulated chain. */
export async function deployCommunity(): Promise<Community> {
  const { ethers } = await hre.network.create({
    override: { allowUnlimitedContractSize: true },
  });
  return deployOn(ethers);
}

/** The same on a chain that stands; a second community there has the same officers. */
export async function deployOn(ethers: HardhatEthers): Promise<Community> {
  const [deployer, registrar, committee, firstTeller, secondTeller, relayer, outsider, ...more] =
    await ethers.getSigners();
  const [author, firstApprover, secondApprover, thirdApprover] = more;
  const officers = {
    ...{ registrar, committee, firstTeller, secondTeller, relayer },
    ...{ author, firstApprover, secondApprover, thirdApprover },
  } as Record<string, Signer>;
  const roles: [string, number][] = [
    ["registrar", ROLE.registrar],
    ["committee", ROLE.committee],
    ["firstTeller", ROLE.teller],
    ["secondTeller", ROLE.teller],
    ["relayer", ROLE.relayer],
    ["author", ROLE.committee | ROLE.approver],
    ["firstApprover", ROLE.approver],
    ["secondApprover", ROLE.approver],
    ["thirdApprover", ROLE.approver],
  ];
  const appointments = await Promise.all(
    roles.map(async ([name, role]) => ({
      signer: await officers[name]!.getAddress(),
      roles: role,
    })),
  );
  const registry = await ethers.deployContract("Registry", [appointments], deployer);
  const anchor = await ethers.deployContract("Anchor", [registry], relayer);
  const assembly = await ethers.deployContract("Assembly", [registry], relayer);
  const fund = await ethers.deployContract("Fund", [assembly], relayer);
  await registry.getFunction("setAssembly")(assembly);
  return {
    ethers,
    registry: registry.connect(relayer!) as Contract,
    anchor: anchor,
    assembly: assembly,
    fund: fund,
    officers: officers as Community["officers"],
    outsider: outsider!,
  };
}

/** Gas used by a sent transaction. */
export async function gasOf(sent: Promise<{ wait(): Promise<unknown> }>): Promise<number> {
  const receipt = (await (await sent).wait()) as { gasUsed: bigint };
  return Number(receipt.gasUsed);
}
