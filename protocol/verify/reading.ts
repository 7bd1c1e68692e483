import type { Hex } from "viem";
import { assemblyAbi } from "../abi/assembly.ts";
import { sealedRoot, SELF_SEALED, ORIGIN, paperLeaf } from "../assembly/ballot.ts";
import {
  type OwnBallot,
  type PaperBallot,
  type WithLeaf,
  ballotLeaf,
  decodeBatch,
  decodePaper,
} from "../assembly/opening.ts";
import { paperDigest } from "../assembly/sheet.ts";
import { type Form, KEY_KIND } from "../registry/keys.ts";
import { rootFromProof, treeRoot } from "../registry/tree.ts";
import { type AssemblyEvent, readCall } from "./events.ts";
import type { Evidence } from "./evidence.ts";
import type { KeyRing } from "./keys.ts";
import type { CheckDetail } from "./report.ts";
import type { SealedBatch } from "./sealing.ts";

/** A ballot as it was opened, of either origin. */
export type OpenedBallot = WithLeaf<OwnBallot> | WithLeaf<PaperBallot>;

/** What an opening holds, and the commitment that it leads to; or why it could not be read. */
export type Reading = { ballots: OpenedBallot[]; commitment: Hex } | { fault: CheckDetail };

/** What reading depends on: the keys, and the digest of every sheet. */
export type ReadContext = {
  evidence: Pick<Evidence, "transactions">;
  ring: KeyRing;
  digestOf: (answers: number) => Hex;
};

type Counted = Extract<AssemblyEvent, { eventName: "BatchCounted" }>;
type Alone = Extract<AssemblyEvent, { eventName: "BallotCounted" }>;

function originByte({ origin, selfSealed }: SealedBatch): number {
  return ORIGIN[origin] + (selfSealed ? SELF_SEALED : 0);
}

/** The kind of a page's keys; a page that was never bound is read as the contract reads it, as kind 0. */
function kindOf({ pages }: KeyRing, page: number) {
  return pages.get(page)?.kind ?? KEY_KIND.secp256k1;
}

function readable({ pages, bound }: KeyRing, page: number): boolean {
  return pages.has(page) || !bound.has(page);
}

function readOwn(
  context: ReadContext,
  content: Parameters<typeof decodeBatch>[0],
): Reading | OpenedBallot[] {
  const { ring, digestOf } = context;
  if (!content.groups.every(({ page }) => readable(ring, page)))
    return { fault: "dependsOnFailed" };
  return decodeBatch(content, (page) => kindOf(ring, page)).map((ballot) => {
    return { ...ballot, leaf: ballotLeaf(ballot, digestOf(ballot.answers)) };
  });
}

function readPaper(meeting: bigint, content: Parameters<typeof decodePaper>[0]): OpenedBallot[] {
  return decodePaper(content).map((ballot) => {
    const { voter, answers, scan } = ballot;
    return { ...ballot, leaf: paperLeaf(voter, paperDigest(meeting, answers), scan) };
  });
}

function readContent(context: ReadContext, { args, log }: Counted): Reading | OpenedBallot[] {
  const { transactions } = context.evidence;
  const call = readCall(assemblyAbi, log, { names: ["openBatch", "openPaper"], transactions });
  if (!call.functionName) return { fault: call.fault };
  if (call.functionName === "openPaper") {
    const [meeting, batch, answers, ballots] = call.args;
    if (meeting !== args.meeting || batch !== args.batch) return { fault: "malformed" };
    return readPaper(meeting, { answers, ballots });
  }
  const [meeting, batch, messages, groups] = call.args;
  if (meeting !== args.meeting || batch !== args.batch) return { fault: "malformed" };
  return readOwn(context, { messages, groups });
}

/** Reads the ballots out of the transaction that opened a batch. */
export function readBatch(context: ReadContext, event: Counted, sealed: SealedBatch): Reading {
  try {
    const content = readContent(context, event);
    if (!Array.isArray(content)) return content;
    const root = treeRoot(content.map(({ leaf }) => leaf));
    return { ballots: content, commitment: sealedRoot(root, originByte(sealed)) };
  } catch {
    return { fault: "malformed" };
  }
}

/** Reads the ballot out of the transaction that opened it alone. */
export function readAlone(context: ReadContext, event: Alone, sealed: SealedBatch): Reading {
  const { transactions } = context.evidence;
  const call = readCall(assemblyAbi, event.log, { names: ["openBallot"], transactions });
  if (!call.functionName) return { fault: call.fault };
  const [meeting, batch, { place, message, signature }, proof] = call.args;
  if (meeting !== event.args.meeting || batch !== event.args.batch) return { fault: "malformed" };
  if (!readable(context.ring, place.page)) return { fault: "dependsOnFailed" };
  const { answers, envelope } = message;
  const kind = kindOf(context.ring, place.page);
  const ballot = { ...place, kind, form: message.form as Form, answers, envelope, signature };
  try {
    const leaf = ballotLeaf(ballot, context.digestOf(answers));
    const commitment = sealedRoot(rootFromProof(leaf, proof), originByte(sealed));
    return { ballots: [{ ...ballot, leaf }], commitment };
  } catch {
    return { fault: "malformed" };
  }
}
