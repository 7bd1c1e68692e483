import { type Hex, numberToHex } from "viem";
import { assemblyAbi } from "../abi/assembly.ts";
import { registryAbi } from "../abi/registry.ts";
import { sealedRoot } from "../assembly/ballot.ts";
import {
  type BallotContext,
  type OwnBallot,
  ballotDigest,
  ballotLeaf,
  createDigests,
  signingInputOf,
} from "../assembly/opening.ts";
import { type Receipt, parseReceipt } from "../assembly/receipt.ts";
import { packAnswers } from "../assembly/sheet.ts";
import { type Binding, cloneArgs, decodeKeyPage } from "../registry/pages.ts";
import { verifyKeySignature } from "../registry/signature.ts";
import { rootFromProof } from "../registry/tree.ts";
import { type AssemblyEvent, type RegistryEvent, decodeLogs, eventsNamed } from "./events.ts";
import { attempt, rollOf } from "./evidence.ts";
import { CODE } from "./judging.ts";
import { toKind } from "./keys.ts";
import { readBatch } from "./reading.ts";
import { Checks, type Report } from "./report.ts";
import type { CommunityInfo, Sources } from "./source.ts";

/** What the chain knows that bears on a receipt. */
type Place = {
  assembly: AssemblyEvent[];
  registry: RegistryEvent[];
  binding: Binding | undefined;
  kind: number | undefined;
};

const word = (value: number | bigint): Hex => numberToHex(value, { size: 32 });

async function readPlace(
  { chain }: Sources,
  info: CommunityInfo,
  receipt: Receipt,
): Promise<Place> {
  const assembly = decodeLogs(
    assemblyAbi,
    await chain.logs(info.assembly, [null, word(receipt.meeting)]),
  ).events;
  const roll = rollOf({ assembly });
  const logs = roll === undefined ? [] : await chain.logs(info.registry, [null, word(roll)]);
  const registry = decodeLogs(registryAbi, logs).events;
  const page = eventsNamed(registry, "KeysBound").find(
    ({ args }) => Number(args.page) === receipt.page,
  );
  const code = page && (await chain.code(page.args.store.toLowerCase() as Hex));
  const bindings = code ? decodeKeyPage(toKind(page.args.kind), cloneArgs(code)) : [];
  return { assembly, registry, binding: bindings[receipt.position], kind: page?.args.kind };
}

function toBallot(receipt: Receipt): OwnBallot {
  const { page, position, kind, form, envelope, signature } = receipt;
  const answers = packAnswers(receipt.answers);
  return { page, position, kind, form, answers, envelope: envelope ?? "0x", signature };
}

function checkKey(receipt: Receipt, { binding, kind, registry }: Place, checks: Checks): void {
  const revoked = eventsNamed(registry, "KeyRevoked").some(({ args }) => {
    return Number(args.page) === receipt.page && Number(args.position) === receipt.position;
  });
  const expected = { voter: receipt.voter, kind: receipt.kind, revoked: false };
  checks.equal({ name: "receiptKey", expected, found: { voter: binding?.voter, kind, revoked } });
}

async function checkSignature(
  receipt: Receipt,
  { context, place }: { context: BallotContext; place: Place },
  checks: Checks,
): Promise<void> {
  const ballot = toBallot(receipt);
  const digest = ballotDigest(context, ballot.answers);
  const leaf = ballotLeaf(ballot, digest);
  checks.equal({ name: "receiptLeaf", expected: receipt.leaf, found: leaf });
  const { kind, signature } = ballot;
  const keyId = place.binding?.keyId ?? "0x";
  const input = signingInputOf(ballot, digest);
  const passed = await verifyKeySignature({ kind, keyId, signature, input });
  checks.that(passed, { name: "receiptSignature", expected: keyId, found: passed ? keyId : "" });
}

function checkSealed(receipt: Receipt, { assembly }: Place, checks: Checks): Hex | undefined {
  const subject = String(receipt.batch);
  const sealed = eventsNamed(assembly, "BatchSealed").find(({ args }) => {
    return Number(args.batch) === receipt.batch;
  });
  if (!sealed) {
    checks.skip("receiptSealed", subject, "missing");
    return undefined;
  }
  const { root, origin } = sealed.args;
  const expected = sealedRoot(root, origin);
  const found = sealedRoot(rootFromProof(receipt.leaf, receipt.proof), origin);
  return checks.equal({ name: "receiptSealed", subject, expected, found }) ? expected : undefined;
}

/** The code that the ballot got when its batch was opened. */
async function findCode(
  { chain }: Sources,
  info: CommunityInfo,
  { receipt, place, context }: { receipt: Receipt; place: Place; context: BallotContext },
): Promise<number | "notYet" | "missing" | "lapsed"> {
  const isBatch = ({ args }: { args: { batch: bigint } }) => Number(args.batch) === receipt.batch;
  if (eventsNamed(place.assembly, "BatchLapsed").some(isBatch)) {
    const alone = eventsNamed(place.assembly, "BallotCounted").some(
      // The same leaf may stand in several batches: who returned to an earlier vote with a wallet.
      (event) => isBatch(event) && event.args.leaf === receipt.leaf,
    );
    return alone ? CODE.counted : "lapsed";
  }
  const event = eventsNamed(place.assembly, "BatchCounted").find(isBatch);
  if (!event) return "notYet";
  const transaction = await chain.transaction(event.log.transactionHash);
  const kinds = eventsNamed(place.registry, "KeysBound").map(({ args }): [number, 0 | 1] => {
    return [Number(args.page), args.kind === 0 ? 0 : 1];
  });
  const pages = new Map(kinds.map(([page, kind]) => [page, { kind, bindings: [] }]));
  const ring = { pages, bound: new Set(pages.keys()), isRevokedAt: () => false };
  const evidence = { transactions: new Map([[event.log.transactionHash, transaction]]) };
  const sealed = {
    batch: receipt.batch,
    origin: "own",
    selfSealed: false,
    commitment: "0x",
    sealedAt: 0,
    sound: true,
  } as const;
  const reading = readBatch({ evidence, ring, digestOf: createDigests(context) }, event, sealed);
  if ("fault" in reading) return "missing";
  const index = reading.ballots.findIndex(({ leaf }) => leaf === receipt.leaf);
  return Number.parseInt(event.args.codes.slice(2 + 2 * index, 4 + 2 * index) || "0", 16);
}

function nameOf(code: number): string {
  return Object.entries(CODE).find(([, value]) => value === code)?.[0] ?? String(code);
}

async function checkCounted(
  sources: Sources,
  info: CommunityInfo,
  subject: { receipt: Receipt; place: Place; context: BallotContext },
  checks: Checks,
): Promise<void> {
  const code = (await attempt(findCode(sources, info, subject))) ?? "missing";
  if (code === "notYet" || code === "missing") {
    checks.skip("receiptCounted", "", code);
    return;
  }
  const found = code === "lapsed" ? "lapsed" : nameOf(code);
  const detail = found === "lapsed" || found === "superseded" ? found : "differs";
  checks.that(code === CODE.counted, {
    name: "receiptCounted",
    expected: "counted",
    found,
    detail,
  });
}

async function checkReceipt(sources: Sources, receipt: Receipt, checks: Checks): Promise<void> {
  const info = await sources.records.community();
  const expected = { chainId: info.chainId, assembly: info.assembly };
  const found = { chainId: receipt.chainId, assembly: receipt.assembly };
  if (!checks.equal({ name: "receiptContract", expected, found })) return;
  const place = await readPlace(sources, info, receipt);
  const convened = eventsNamed(place.assembly, "MeetingConvened")[0];
  if (!convened) {
    checks.skip("receiptSealed", "", "missing");
    return;
  }
  const context = {
    domain: { chainId: info.chainId, contract: info.assembly },
    meeting: BigInt(receipt.meeting),
    motions: convened.args.convocation.items.length,
  };
  checkKey(receipt, place, checks);
  await checkSignature(receipt, { context, place }, checks);
  if (checkSealed(receipt, place, checks)) {
    await checkCounted(sources, info, { receipt, place, context }, checks);
  } else checks.skip("receiptCounted", "", "dependsOnFailed");
}

/**
 * Verifies a receipt file against the chain: the key is the voter's, its signature covers these
 * answers, the ballot is in a sealed batch and, once that is opened, counts. Never rejects.
 */
export async function verifyReceipt(sources: Sources, file: Uint8Array): Promise<Report> {
  const checks = new Checks();
  let receipt: Receipt | undefined;
  try {
    receipt = parseReceipt(file);
  } catch {
    checks.that(false, { name: "receiptForm", expected: "", found: "", detail: "malformed" });
  }
  if (!receipt) return checks.report();
  checks.equal({ name: "receiptForm", expected: 1, found: receipt.v });
  try {
    await checkReceipt(sources, receipt, checks);
  } catch {
    checks.skip("receiptSealed", receipt.batch, "unreachable");
  }
  return checks.report();
}
