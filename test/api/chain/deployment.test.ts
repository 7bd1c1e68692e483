import { expect } from "chai";
import { keccak256 } from "viem";
import type { Hex } from "viem";
import { privateKeyToAddress } from "viem/accounts";
import {
  anchorBytecode,
  assemblyBytecode,
  fundBytecode,
  registryBytecode,
} from "../../../api/chain/bytecode.ts";
import { DeploymentFailed } from "../../../api/chain/deployment.ts";
import type { Chain, CommunityContracts } from "../../../api/chain/service.ts";
import { anchorAbi } from "../../../protocol/abi/anchor.ts";
import { assemblyAbi } from "../../../protocol/abi/assembly.ts";
import { fundAbi } from "../../../protocol/abi/fund.ts";
import { registryAbi } from "../../../protocol/abi/registry.ts";
import { Bench, COMMUNITY, eventually } from "./harness.ts";

const REGISTRAR = 1;
const COMMITTEE = 2;
const RELAYER = 8;
const addressOf = (byte: string): Hex => privateKeyToAddress(`0x${byte.repeat(32)}`);
const OFFICERS = [
  { signer: addressOf("a1"), roles: REGISTRAR },
  { signer: addressOf("a2"), roles: COMMITTEE },
];
const CONTRACTS = {
  registry: { abi: registryAbi, bytecode: registryBytecode },
  anchor: { abi: anchorAbi, bytecode: anchorBytecode },
  assembly: { abi: assemblyAbi, bytecode: assemblyBytecode },
  fund: { abi: fundAbi, bytecode: fundBytecode },
};

describe("deployment of a community's contracts", () => {
  let bench: Bench;
  let chain: Chain;

  beforeEach(async () => {
    bench = await Bench.create();
    chain = await bench.open({}, CONTRACTS);
  });
  afterEach(() => bench.close());

  it("joins the four contracts and makes the service their relayer", async () => {
    const told: [string, CommunityContracts][] = [];
    chain.onDeployed(async (_tx, id, contracts) => void told.push([id, contracts]));
    chain.start();
    const contracts = await chain.deployCommunity({ communityId: COMMUNITY, officers: OFFICERS });
    expect(told).to.deep.equal([[COMMUNITY, contracts]]);
    const { registry, anchor, assembly, fund } = contracts;
    const read = { address: registry, abi: registryAbi } as const;
    const { client, relayer } = chain;
    expect(await client.readContract({ ...read, functionName: "assemblyAddress" })).to.equal(
      assembly,
    );
    const hasRole = (officer: Hex, role: number) =>
      client.readContract({ ...read, functionName: "hasRole", args: [officer, role] });
    expect(await hasRole(relayer, RELAYER)).to.equal(true);
    expect(await hasRole(OFFICERS[0]!.signer, REGISTRAR)).to.equal(true);
    const assemblyOf = { address: fund, abi: fundAbi, functionName: "assemblyAddress" } as const;
    expect(await client.readContract(assemblyOf)).to.equal(assembly);
    const registryOf = { functionName: "registry" } as const;
    expect(await client.readContract({ address: anchor, abi: anchorAbi, ...registryOf })).to.equal(
      registry,
    );
  });

  it("needs no change to a relayer who is named among the officers", async () => {
    chain.start();
    const named = [...OFFICERS, { signer: chain.relayer.toLowerCase() as Hex, roles: RELAYER }];
    await chain.deployCommunity({ communityId: COMMUNITY, officers: named });
    const row = await bench.database.client.deployment.findUniqueOrThrow({
      where: { communityId: COMMUNITY },
    });
    expect(row.officers).to.have.length(3);
  });

  it("goes on where a stop interrupted it", async () => {
    await bench.database.client.$transaction((tx) =>
      chain.enqueueDeployment(tx, { communityId: COMMUNITY, officers: OFFICERS }),
    );
    const { client } = bench.database;
    const states = new Set<string>();
    const stateOf = async (): Promise<string> =>
      (await client.deployment.findUniqueOrThrow({ where: { communityId: COMMUNITY } })).state;
    for (let restarts = 0; restarts < 20; restarts++) {
      chain.start();
      // The last transaction may have been sent before the stop: then only its handler is left to run.
      await eventually(
        async () =>
          (await client.chainTransaction.count()) > states.size || (await stateOf()) === "done",
      );
      await bench.stop(chain);
      states.add(await stateOf());
      chain = await bench.open({}, CONTRACTS);
      if (states.has("done")) break;
    }
    const contracts = await chain.findContracts(client, COMMUNITY);
    expect(contracts).to.have.all.keys("registry", "anchor", "assembly", "fund");
    expect(await client.chainTransaction.count()).to.equal(5);
  });

  it("fails by the name of the rule that the officers break, and harms nobody else", async () => {
    chain.start();
    const both = [{ signer: OFFICERS[0]!.signer, roles: REGISTRAR | COMMITTEE }];
    const failure = await chain
      .deployCommunity({ communityId: "bad", officers: both })
      .catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(DeploymentFailed);
    expect((failure as DeploymentFailed).failure.code).to.match(/^Registry/);
    await chain.deployCommunity({ communityId: COMMUNITY, officers: OFFICERS });
  });

  it("anchors a head through the outbox, and names the contract's refusal of the next", async () => {
    chain.start();
    await chain.deployCommunity({ communityId: COMMUNITY, officers: OFFICERS });
    const { client } = bench.database;
    const anchorHead = (ref: string, size: bigint) =>
      client.$transaction((tx) =>
        chain.enqueue(tx, {
          communityId: COMMUNITY,
          contract: "anchor",
          functionName: "anchorHead",
          args: [size, keccak256("0x01"), []],
          kind: "head",
          ref,
        }),
      );
    await anchorHead("first", 3n);
    await anchorHead("second", 3n);
    const row = await eventually(async () => {
      const found = await client.chainCall.findFirst({ where: { ref: "second" } });
      return found?.state === "failed" && found;
    });
    expect(row.failure).to.deep.equal({
      code: "AnchorHeadNotLarger",
      params: { size: "3", anchored: "3" },
    });
  });
});
