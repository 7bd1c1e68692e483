import { encodeDeployData, encodeFunctionData, getAddress } from "viem";
import type { Address, Hex, TransactionReceipt } from "viem";
import type { Tx } from "../database/client.ts";
import type { Deployment } from "../database/generated/client.ts";
import { CONSTRUCTOR } from "./call.ts";
import type { ChainCall, Handlers } from "./call.ts";
import type { ContractName, Contracts } from "./contracts.ts";
import type { ContractFailure } from "./failure.ts";
import type { Outbox } from "./outbox.ts";

/** An officer as the registry wants him: an ERC-7913 signer and the bits of his roles. */
export interface Appointment {
  signer: Hex;
  roles: number;
}

export interface DeploymentInput {
  communityId: string;
  /** The first officers. The service's relayer is added when it is not among them. */
  officers: readonly Appointment[];
}

export type CommunityContracts = Readonly<Record<ContractName, Address>>;

export type DeployedHandler = (
  tx: Tx,
  communityId: string,
  contracts: CommunityContracts,
) => Promise<void>;

/** The contracts refused to be created: the officers given break their rules. */
export class DeploymentFailed extends Error {
  readonly failure: ContractFailure;

  constructor(failure: ContractFailure) {
    super(`The contracts were not deployed: ${failure.code}`);
    this.name = "DeploymentFailed";
    this.failure = failure;
  }
}

const RELAYER_ROLE = 8;
const KIND = "chain.deploy";
const ORDER = ["registry", "anchor", "assembly", "fund", "binding"] as const;
type Step = (typeof ORDER)[number];

export interface DeploymentContext {
  outbox: Outbox;
  handlers: Handlers;
  contracts: Contracts;
  relayer: Address;
}

/** Brings the contracts of a community onto the chain, one call after the other, each enqueued by the last. */
export class Deployments {
  readonly #context: DeploymentContext;
  readonly #deployed: DeployedHandler[] = [];

  constructor(context: DeploymentContext) {
    this.#context = context;
    for (const step of ORDER) {
      const kind = `${KIND}.${step}`;
      context.handlers.mined.set(kind, (tx, call, receipt) =>
        this.#advance(tx, call.communityId, { step, receipt }),
      );
      context.handlers.failed.set(kind, (tx, call, failure) => this.#fail(tx, call, failure));
    }
  }

  onDeployed(handler: DeployedHandler): void {
    this.#deployed.push(handler);
  }

  /** In the caller's transaction. Asking twice for one community deploys once. */
  async enqueue(tx: Tx, { communityId, officers }: DeploymentInput): Promise<void> {
    const relayer = this.#context.relayer;
    const isNamed = officers.some(({ signer }) => signer.toLowerCase() === relayer.toLowerCase());
    const all = isNamed ? officers : [...officers, { signer: relayer, roles: RELAYER_ROLE }];
    const data = { communityId, officers: all.map(({ signer, roles }) => ({ signer, roles })) };
    const { count } = await tx.deployment.createMany({ data: [data], skipDuplicates: true });
    if (count === 0) return;
    const row = await tx.deployment.findUniqueOrThrow({ where: { communityId } });
    await this.#enqueueStep(tx, row, "registry");
  }

  async #enqueueStep(tx: Tx, row: Deployment, step: Step): Promise<void> {
    const { outbox, contracts } = this.#context;
    const { communityId } = row;
    const contract = step === "binding" ? "registry" : step;
    const functionName = step === "binding" ? "setAssembly" : CONSTRUCTOR;
    const args = argumentsOf(row, step);
    const call = { communityId, contract, functionName, args, kind: `${KIND}.${step}` } as const;
    const { abi, bytecode } = contracts[contract];
    const message =
      step === "binding"
        ? {
            to: row.registry as Address,
            data: encodeFunctionData({ abi, functionName, args }),
          }
        : { to: null, data: encodeDeployData({ abi, bytecode, args }) };
    await outbox.enqueue(tx, { ...call, ref: communityId }, message);
  }

  async #advance(
    tx: Tx,
    communityId: string,
    { step, receipt }: { step: Step; receipt: TransactionReceipt },
  ): Promise<void> {
    const next = ORDER[ORDER.indexOf(step) + 1];
    const found =
      step === "binding" ? {} : { [step]: getAddress(receipt.contractAddress as Address) };
    const row = await tx.deployment.update({
      where: { communityId },
      data: { ...found, state: next ?? "done" },
    });
    if (next) return this.#enqueueStep(tx, row, next);
    for (const handler of this.#deployed) await handler(tx, communityId, addressesOf(row));
  }

  async #fail(tx: Tx, { communityId }: ChainCall, failure: ContractFailure): Promise<void> {
    await tx.deployment.update({
      where: { communityId },
      data: { state: "failed", failure: failure },
    });
  }
}

function argumentsOf(row: Deployment, step: Step): readonly unknown[] {
  if (step === "registry") return [row.officers];
  return step === "fund" || step === "binding" ? [row.assembly] : [row.registry];
}

export const addressesOf = (row: Deployment): CommunityContracts => ({
  registry: row.registry as Address,
  anchor: row.anchor as Address,
  assembly: row.assembly as Address,
  fund: row.fund as Address,
});

/** Undefined while the contracts are on their way. */
export async function findContracts(
  tx: Tx,
  communityId: string,
): Promise<CommunityContracts | undefined> {
  const row = await tx.deployment.findUnique({ where: { communityId } });
  if (row?.state === "failed")
    throw new DeploymentFailed(row.failure as unknown as ContractFailure);
  return row?.state === "done" ? addressesOf(row) : undefined;
}
