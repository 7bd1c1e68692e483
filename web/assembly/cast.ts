import { hashTypedData } from "viem";
import { ownLeaf } from "../../protocol/assembly/ballot.ts";
import { receiptSchema, type Receipt } from "../../protocol/assembly/receipt.ts";
import { sheetTypedData, type SignedAnswer } from "../../protocol/assembly/sheet.ts";
import { signingHash } from "../../protocol/registry/keys.ts";
import { communityPath } from "../registry/community.ts";
import { Problem } from "../service/problem.ts";
import { request } from "../service/request.ts";
import { hex, integer, list, maybe, object, text } from "../service/shape.ts";
import type { Hex, Signer, Typed } from "../signing/signer.ts";

/** Where a key stands in the roll of a meeting. */
export interface Seat {
  readonly voter: number;
  readonly page: number;
  readonly position: number;
}

export interface SheetDomain {
  readonly chainId: number;
  readonly assembly: Hex;
}

/** What was signed and sent: with its place on chain it makes the receipt. */
export type SignedBallot = Omit<Receipt, "batch" | "proof">;

export function toSheet(
  domain: SheetDomain,
  meeting: number,
  answers: readonly SignedAnswer[],
): Typed {
  const { chainId, assembly } = domain;
  const typed = sheetTypedData({ chainId, contract: assembly }, BigInt(meeting), answers);
  return typed;
}

export interface Sheet {
  readonly domain: SheetDomain;
  readonly meeting: number;
  readonly answers: readonly SignedAnswer[];
}

export async function signBallot(signer: Signer, sheet: Sheet, seat: Seat): Promise<SignedBallot> {
  const { domain, meeting, answers } = sheet;
  const typed = toSheet(domain, meeting, answers);
  const { signature, envelope } = await signer.sign(typed);
  const { kind, form } = signer;
  const hash = signingHash({ digest: hashTypedData(typed), form, envelope });
  return {
    v: 1,
    chainId: domain.chainId,
    assembly: domain.assembly.toLowerCase() as Hex,
    meeting,
    origin: "own",
    ...seat,
    kind,
    form,
    ...(envelope ? { envelope } : {}),
    answers: [...answers],
    signature,
    leaf: ownLeaf(seat, hash, signature),
  };
}

const placeShape = object({
  state: text,
  leaf: hex,
  batch: maybe(integer),
  proof: maybe(list(hex)),
});

function ballotsPath(community: string, meeting: number): string {
  return communityPath(community, `/meetings/${meeting}/ballots`);
}

const acceptedShape = object({ leaf: hex, promise: text });

/**
 * Hands the ballot in and gives it back with the service's signed promise to seal it; the same ballot again is the same
 * ballot, so a lost answer may be asked for anew.
 */
export async function sendBallot(community: string, ballot: SignedBallot): Promise<SignedBallot> {
  const { page, position, form, envelope, answers, signature, meeting } = ballot;
  const body = { page, position, form, envelope, answers, signature };
  const path = ballotsPath(community, meeting);
  const { leaf, promise } = await request(path, acceptedShape, { method: "POST", body });
  const isPromised = promise.includes(`\n${meeting}\n${ballot.leaf}\n`);
  if (leaf !== ballot.leaf || !isPromised) throw new Problem("ReceiptDiffers");
  return { ...ballot, promise };
}

/**
 * The receipt once the ballot is sealed: made here from what was signed here, and from its place on
 * chain, which is all that the service adds.
 */
export async function findReceipt(
  community: string,
  ballot: SignedBallot,
): Promise<Receipt | undefined> {
  const path = `${ballotsPath(community, ballot.meeting)}/${ballot.leaf}`;
  const { state, batch, proof } = await request(path, placeShape);
  if (state === "replaced") throw new Problem("BallotReplaced");
  if (state === "late") throw new Problem("BallotLate");
  if (state !== "sealed" || batch === undefined || proof === undefined) return undefined;
  return receiptSchema.parse({ ...ballot, batch, proof });
}
