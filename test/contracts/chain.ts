import { type Contract, type ContractTransactionResponse, Interface } from "ethers";
import { artifacts } from "hardhat";
import type { Community } from "../../scripts/bench/chain/community.ts";

/** Enough for every call, and given so that a refused transaction is sent and not merely estimated. */
const GAS_LIMIT = 16_000_000;

const NAMES = ["Registry", "Anchor", "Assembly", "Fund"];
const interfaces = await Promise.all(
  NAMES.map(async (name) => new Interface((await artifacts.readArtifact(name)).abi)),
);

/** Sends a call; throws where the contract refuses it. */
export async function send(contract: unknown, method: string, ...inputs: unknown[]) {
  const call = (contract as Contract).getFunction(method);
  const sent = (await call(...inputs, { gasLimit: GAS_LIMIT })) as ContractTransactionResponse;
  return (await sent.wait())!;
}

/** Sends a call and gives the first event of that name in it. */
export async function eventOf(name: string, sent: ReturnType<typeof send>) {
  const { logs } = await sent;
  const found = logs
    .map((log) => interfaces.map((abi) => abi.parseLog(log)).find((parsed) => parsed != null))
    .find((parsed) => parsed?.name === name);
  return found?.args.toObject();
}

/** The name of the error that a call is refused with; undefined where it is accepted. */
export async function refusalOf(sent: Promise<unknown>): Promise<string | undefined> {
  try {
    await sent;
    return undefined;
  } catch (error) {
    const data = findData(error);
    if (data === undefined) throw error;
    return (
      interfaces.map((abi) => abi.parseError(data)?.name).find((name) => name !== undefined) ?? data
    );
  }
}

function findData(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { data, cause } = error as { data?: unknown; cause?: unknown };
  return typeof data === "string" ? data : findData(cause);
}

/** Sets the time of the next transaction's block. */
export async function setTime({ ethers }: Community, timestamp: number): Promise<void> {
  await ethers.provider.send("evm_setNextBlockTimestamp", [timestamp]);
}

/** Every case of the suite begins with the chain as it is when this is called from `before`. */
export async function keepChain({ ethers }: Community): Promise<() => Promise<void>> {
  let snapshot = (await ethers.provider.send("evm_snapshot", [])) as string;
  return async () => {
    await ethers.provider.send("evm_revert", [snapshot]);
    snapshot = (await ethers.provider.send("evm_snapshot", [])) as string;
  };
}
