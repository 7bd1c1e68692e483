import { type Hex, hashTypedData } from "viem";
import { assemblyAbi } from "../abi/assembly.ts";
import { type Origin, SELF_SEALED, originOf, sealedRoot } from "../assembly/ballot.ts";
import { paperBatchTypedData, sealTypedData } from "../assembly/meeting.ts";
import type { Form } from "../registry/keys.ts";
import { ROLE } from "../registry/messages.ts";
import { verifyKeySignature } from "../registry/signature.ts";
import type { MeetingFacts } from "./convening.ts";
import { type AssemblyEvent, eventsNamed, readCall } from "./events.ts";
import { type Evidence, timeOf } from "./evidence.ts";
import type { KeyRing } from "./keys.ts";
import { findAttestationFault, rolesAt } from "./officers.ts";
import type { CheckDetail, Checks } from "./report.ts";

type Sealed = Extract<AssemblyEvent, { eventName: "BatchSealed" }>;

/** A batch as the chain took it in; `commitment` is its root with the origin in the lowest byte. */
export type SealedBatch = {
  batch: number;
  origin: Origin;
  selfSealed: boolean;
  commitment: Hex;
  /** The time of its block, Unix seconds. */
  sealedAt: number;
  /** False where the commitment is not what was sent or signed: nothing can be held against it. */
  sound: boolean;
};

/** The batches of a meeting; `complete` unless one is missing before the last. */
export type Sealing = { batches: SealedBatch[]; complete: boolean };

/** What the authority of a seal depends on. */
type SealContext = {
  evidence: Evidence;
  meeting: MeetingFacts;
  ring: KeyRing;
  seals: Map<number, number>;
};

function isInWindow(
  time: number,
  { opensAt, closesAt, paperSeconds }: MeetingFacts,
  origin: Origin,
): boolean {
  const end = origin === "paper" ? closesAt + paperSeconds : closesAt;
  return time >= opensAt && time < end;
}

function findRelayerFault(
  { evidence }: SealContext,
  { args, log }: Sealed,
): CheckDetail | undefined {
  const { transactions } = evidence;
  const call = readCall(assemblyAbi, log, { names: ["seal"], transactions });
  if (!call.functionName) return call.fault;
  const { from } = transactions.get(log.transactionHash)!;
  const isRelayer = (rolesAt(evidence, from, log) & ROLE.relayer) !== 0;
  if (!isRelayer) return "wrongAuthority";
  return call.args[1] === args.root ? undefined : "differs";
}

async function findSelfFault(
  context: SealContext,
  event: Sealed,
): Promise<CheckDetail | undefined> {
  const { evidence, ring, seals } = context;
  const { transactions } = evidence;
  const call = readCall(assemblyAbi, event.log, { names: ["sealOwn"], transactions });
  if (!call.functionName) return call.fault;
  const { place, form, envelope, signature } = call.args[2];
  const page = ring.pages.get(place.page);
  const binding = page?.bindings[place.position];
  if (!page || !binding) return ring.bound.has(place.page) ? "dependsOnFailed" : "wrongAuthority";
  if (ring.isRevokedAt(place, event.log)) return "wrongAuthority";
  const nonce = seals.get(binding.voter) ?? 0;
  seals.set(binding.voter, nonce + 1);
  const { meeting, root: leaf } = event.args;
  const { assembly: contract, chainId } = evidence.info;
  const typed = sealTypedData({ chainId, contract }, { meeting, leaf, nonce: BigInt(nonce) });
  const input = { digest: hashTypedData(typed), form: form as Form, envelope };
  const signed = { kind: page.kind, keyId: binding.keyId, signature, input };
  return (await verifyKeySignature(signed)) ? undefined : "wrongSignature";
}

async function findPaperFault(
  { evidence }: SealContext,
  event: Sealed,
): Promise<CheckDetail | undefined> {
  const { transactions } = evidence;
  const call = readCall(assemblyAbi, event.log, { names: ["sealPaper"], transactions });
  if (!call.functionName) return call.fault;
  const { meeting, root, count } = event.args;
  const { assembly: contract, chainId } = evidence.info;
  const message = { meeting, root, count: Number(count) };
  const digest = hashTypedData(paperBatchTypedData({ chainId, contract }, message));
  const act = { digest, roles: ["teller", "teller"], attestations: call.args[3] } as const;
  return findAttestationFault(evidence, { ...act, log: event.log });
}

function findAuthorityFault(context: SealContext, event: Sealed): Promise<CheckDetail | undefined> {
  if (event.args.origin === SELF_SEALED) return findSelfFault(context, event);
  if (event.args.origin === 1) return findPaperFault(context, event);
  return Promise.resolve(findRelayerFault(context, event));
}

async function checkSeal(
  context: SealContext,
  event: Sealed,
  checks: Checks,
): Promise<SealedBatch | undefined> {
  const { args, log } = event;
  const { evidence, meeting } = context;
  const subject = String(args.batch);
  const commitment = sealedRoot(args.root, args.origin);
  const origin = originOf(commitment);
  const time = timeOf(evidence, log);
  const authority = await findAuthorityFault(context, event);
  if (!origin || time === undefined) {
    checks.faultless("batchSealed", subject, origin ? "missing" : "malformed");
    return undefined;
  }
  const inTime = isInWindow(time, meeting, origin.origin);
  checks.faultless("batchSealed", subject, inTime ? authority : "wrongTime");
  const sound = authority !== "differs" && authority !== "wrongSignature";
  return { batch: Number(args.batch), ...origin, commitment, sealedAt: time, sound };
}

/** Every batch was sealed in the window by one who may, and none is left out between the first and the last. */
export async function checkSealing(
  evidence: Evidence,
  { meeting, ring }: { meeting: MeetingFacts; ring: KeyRing },
  checks: Checks,
): Promise<Sealing> {
  const context: SealContext = { evidence, meeting, ring, seals: new Map() };
  const events = eventsNamed(evidence.assembly, "BatchSealed");
  const batches: SealedBatch[] = [];
  for (const event of events) {
    const batch = await checkSeal(context, event, checks);
    if (batch) batches.push(batch);
  }
  const found = events.map(({ args }) => Number(args.batch));
  const gap = found.findIndex((batch, i) => batch !== i);
  const comparison = {
    expected: gap < 0 ? found.length : gap,
    found: gap < 0 ? found.length : found[gap],
  };
  const complete = checks.equal({ name: "batchesComplete", ...comparison });
  return { batches, complete };
}
