import type { Client } from "viem";
import { getContractEvents, readContract } from "viem/actions";
import { registryAbi } from "../../protocol/abi/registry.ts";
import { lineLeaf } from "../../protocol/registry/lines.ts";
import { rootFromProof } from "../../protocol/registry/tree.ts";
import { createNodeClient } from "../chain/node.ts";
import { defaultNode } from "../chain/node-address.ts";
import { Problem } from "../service/problem.ts";
import type { Hex } from "../signing/signer.ts";
import type { KeyPlace, OwnLine, OwnVoter } from "./me.ts";

/** Whether what the service says of an owner is what the frozen roll on chain says. */
export interface OwnChecks {
  readonly lines: boolean;
  readonly area: boolean;
  readonly key: boolean;
}

interface RollOnChain {
  readonly client: Client;
  readonly registry: Hex;
}

async function readLinesRoot({ client, registry }: RollOnChain, roll: bigint): Promise<Hex> {
  const events = await getContractEvents(client, {
    address: registry,
    abi: registryAbi,
    eventName: "RollFrozen",
    args: { roll },
    fromBlock: 0n,
    strict: true,
  });
  const [frozen] = events;
  if (!frozen) throw new Problem("RollNotOnChain", { params: { roll: Number(roll) } });
  return frozen.args.terms.linesRoot;
}

/** The line's own leaf, from its salt, its area and the owner's number, leads to the frozen root. */
function isInRoll(line: OwnLine, voter: number, root: Hex): boolean {
  const { salt, unit, area, proof } = line;
  return rootFromProof(lineLeaf({ salt, unit, areaE4: area, voter }), proof) === root;
}

async function isBound(chain: RollOnChain, own: OwnVoter, key: KeyPlace): Promise<boolean> {
  const { page, position } = key;
  const bound = await readContract(chain.client, {
    address: chain.registry,
    abi: registryAbi,
    functionName: "getKey",
    args: [BigInt(own.roll), { page, position }],
  });
  const sameKey = bound.keyId.toLowerCase() === key.keyId.toLowerCase();
  return sameKey && bound.voter === own.voter && !bound.revoked;
}

/** Holds an owner's entry against the chain: units, area and key. Trusts nothing that the service said. */
export async function checkOwn(
  registry: Hex,
  own: OwnVoter,
  key: KeyPlace | undefined,
): Promise<OwnChecks> {
  const chain = { client: createNodeClient(defaultNode()), registry };
  const root = await readLinesRoot(chain, BigInt(own.roll));
  const areaOnChain = await readContract(chain.client, {
    address: chain.registry,
    abi: registryAbi,
    functionName: "areaOf",
    args: [BigInt(own.roll), BigInt(own.voter)],
  });
  const sum = own.lines.reduce((total, { area }) => total + area, 0n);
  return {
    lines: own.lines.length > 0 && own.lines.every((line) => isInRoll(line, own.voter, root)),
    area: areaOnChain === sum,
    key: key !== undefined && (await isBound(chain, own, key)),
  };
}
