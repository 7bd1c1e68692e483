import type { Hex, TransactionReceipt } from "viem";
import { recordBytes, recordLeaf } from "../../../protocol/anchor/record.ts";
import type { PublishedRecord } from "../../../protocol/anchor/record.ts";
import { EMERGENCY_GROUNDS, FUNDS } from "../../../protocol/anchor/record/kinds.ts";
import { fromFen } from "../../../protocol/fund/money.ts";
import type { ContractFailure } from "../../chain/failure.ts";
import type { Tx } from "../../database/client.ts";
import { Prisma } from "../../database/generated/client.ts";
import type { FundAct } from "../../database/generated/client.ts";
import type { OfficerCaller } from "../../http/authority.ts";
import { publishEvent } from "../../http/events.ts";
import { toJson } from "../../registry/service.ts";
import type { Attestation, Summary, TypedMessage } from "../../registry/service.ts";
import type { FundContext } from "../context.ts";

// What a registrar and a committee officer sign for the Fund contract: proposed, signed, sent, and done once it is mined.
// One row and one way for all kinds.

export const ACT_KINDS = [
  "creditFund",
  "configureFund",
  "reserve",
  "reserveEmergency",
  "judgeClaim",
  "withdrawClaim",
  "settleReservation",
] as const;

export type ActKind = (typeof ACT_KINDS)[number];

/** What is special about a kind. */
export interface ActRules {
  functionName: string;
  /** The function's arguments before the two attestations. Throws DomainError where it can no longer go. */
  toArgs(context: FundContext, tx: Tx, act: FundAct): Promise<unknown[]>;
  /** It is on chain; what its record says is not yet in the log. */
  onDone(context: FundContext, tx: Tx, done: DoneAct): Promise<void>;
}

export interface DoneAct {
  act: FundAct;
  receipt: TransactionReceipt;
}

export interface NewAct {
  communityId: string;
  kind: ActKind;
  typedData: TypedMessage;
  /** What goes into the log once it is done; its leaf must be the message's `record`. */
  record?: PublishedRecord | undefined;
  recordLeaf: Hex;
  terms?: Prisma.InputJsonObject | undefined;
  project?: number | undefined;
  claim?: string | undefined;
  officer: OfficerCaller;
  /** The author of what the two confirm. */
  excluded?: Hex | undefined;
}

export interface ProposedAct {
  act: string;
  proposal: string;
}

/** Puts it before a registrar and a committee officer. */
export async function proposeAct(
  { registry, clock }: FundContext,
  tx: Tx,
  act: NewAct,
): Promise<ProposedAct> {
  const { communityId, kind, typedData, record, terms, officer, excluded } = act;
  const message = toJson(typedData.message) as Prisma.InputJsonObject;
  const row = await tx.fundAct.create({
    data: {
      ...{ communityId, kind, message, recordLeaf: act.recordLeaf, createdAt: clock.now() },
      ...(terms === undefined ? {} : { terms }),
      projectNumber: act.project ?? null,
      claimId: act.claim ?? null,
      record: record === undefined ? null : new TextDecoder().decode(recordBytes(record)),
    },
  });
  const { id: proposalId } = await registry.proposals.create(tx, {
    ...{ communityId, kind, typedData, createdBy: officer, excluded },
    summary: summarizeAct(row),
    roles: ["registrar", "committee"],
    payload: { act: row.id },
  });
  await tx.fundAct.update({ where: { id: row.id }, data: { proposalId } });
  return { act: row.id, proposal: proposalId };
}

type Message = Readonly<Record<string, string | number | boolean>>;

const isHash = (value: unknown): boolean => typeof value === "string" && value.startsWith("0x");

/** What the signers are told: the message without its hashes, with names for numbers, and of which project it is. */
export function summarizeAct({ kind, message, projectNumber }: FundAct): Summary {
  const { fund, ground, credited, ...rest } = message as Message;
  const isPlain = ([name, value]: [string, unknown]) => name !== "nonce" && !isHash(value);
  const plain = Object.entries(rest).filter(isPlain);
  return {
    kind,
    ...(projectNumber === null ? {} : { project: projectNumber }),
    ...Object.fromEntries(plain),
    ...(fund === undefined ? {} : { fund: FUNDS[Number(fund)]! }),
    ...(ground === undefined ? {} : { ground: EMERGENCY_GROUNDS[Number(ground)]! }),
    ...(credited === undefined ? {} : { creditedYuan: fromFen(BigInt(credited)) }),
  };
}

/** The leaf that a record will have. */
export const leafOf = (record: PublishedRecord): Hex => recordLeaf(recordBytes(record));

const toArguments = (attestations: readonly [Attestation, Attestation]) =>
  attestations.map(({ signer, signature }) => ({ signer, signature }));

async function sendAct(
  context: FundContext,
  tx: Tx,
  { id, rules, attestations }: SentAct,
): Promise<void> {
  const act = await tx.fundAct.findUniqueOrThrow({ where: { id } });
  const { communityId, kind } = act;
  const args = await rules.toArgs(context, tx, act);
  await tx.fundAct.update({ where: { id }, data: { state: "sending" } });
  await context.chain.enqueue(tx, {
    ...{ communityId, contract: "fund", functionName: rules.functionName },
    args: [...args, toArguments(attestations)],
    ...{ kind, ref: id },
  });
}

interface SentAct {
  id: string;
  rules: ActRules;
  attestations: readonly [Attestation, Attestation];
}

async function finishAct(
  context: FundContext,
  tx: Tx,
  { id, rules, receipt }: { id: string; rules: ActRules; receipt: TransactionReceipt },
): Promise<void> {
  const data = { state: "done" as const, doneIn: receipt.transactionHash };
  const act = await tx.fundAct.update({ where: { id }, data });
  await rules.onDone(context, tx, { act, receipt });
  await tellOf(tx, act);
}

async function refuseAct(tx: Tx, id: string, failure: string): Promise<FundAct> {
  const act = await tx.fundAct.update({ where: { id }, data: { state: "refused", failure } });
  await tellOf(tx, act);
  return act;
}

async function tellOf(tx: Tx, { communityId, projectNumber }: FundAct): Promise<void> {
  const data = projectNumber === null ? {} : { project: projectNumber };
  await publishEvent(tx, communityId, { type: "disbursement", data });
}

/** To be called before the chain starts. */
export function registerActs(
  context: FundContext,
  kinds: Readonly<Record<ActKind, ActRules>>,
): void {
  const { chain, registry } = context;
  for (const kind of ACT_KINDS) {
    const rules = kinds[kind];
    registry.proposals.onComplete(kind, (tx, { payload }, attestations) =>
      sendAct(context, tx, { id: (payload as { act: string }).act, rules, attestations }),
    );
    registry.proposals.onWithdraw(kind, async (tx, { payload }) => {
      await refuseAct(tx, (payload as { act: string }).act, "withdrawn");
    });
    chain.onMined(kind, (tx, { ref: id }, receipt) =>
      finishAct(context, tx, { id, rules, receipt }),
    );
    chain.onFailed(kind, async (tx, { ref }, { code }: ContractFailure) => {
      const { proposalId } = await refuseAct(tx, ref, code);
      if (proposalId) await registry.proposals.markFailed(tx, proposalId, code);
    });
  }
}
