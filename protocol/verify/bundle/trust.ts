import type { Hex } from "viem";
import type { Header } from "../block/header.ts";
import { checkSeals, quorumOf } from "../block/qbft.ts";
import { attempt } from "../evidence.ts";
import type { CheckDetail, Checks } from "../report.ts";
import type { ChainSource } from "../source.ts";

// A bundle proves everything against its blocks. That the blocks are the chain's is another question,
// and its answer does not come from the bundle.

/** Why the blocks of a bundle are taken for the chain's, or that nothing but its maker's word says so. */
export type TrustReason = "replay" | "validators" | "node" | "witnesses" | "timestamp" | "nobody";

/** What a verdict rests on: the last block, and why it is trusted. */
export type Trust = {
  head: { number: number; hash: Hex; timestamp: number };
  reasons: TrustReason[];
  /** How many validators a QBFT block names; undefined on other chains. */
  validators: number | undefined;
};

/** What somebody who verifies knows of the chain without the bundle. */
export type Known = {
  /** Addresses of the validators of a QBFT chain. */
  validators?: readonly Hex[] | undefined;
  /** A node of his own choice. */
  node?: ChainSource | undefined;
  /** The hash of a block by its number, where the chain was run through again. */
  replayed?: ((number: number) => Hex | undefined) | undefined;
  /** What others say of the log's last head, asked with the checkpoint as the bundle holds it. */
  attestations?: readonly HeadAttestation[] | undefined;
};

/** Somebody else's word about a head of the log. */
export type HeadAttestation = {
  name: "headCosigned" | "headTimestamped";
  reason: TrustReason;
  ask: (checkpoint: string) => Promise<{ found: string; fault?: CheckDetail | undefined }>;
};

/** Gives the reasons that others' words about the last head are. */
async function checkHead(
  head: { size: number; note: string } | undefined,
  attestations: readonly HeadAttestation[],
  checks: Checks,
): Promise<TrustReason[]> {
  const reasons: TrustReason[] = [];
  for (const { name, reason, ask } of attestations) {
    if (!head) {
      checks.skip(name, "", "missing");
      continue;
    }
    const { found, fault } = await ask(head.note);
    const comparison = { subject: head.size, expected: "", found, detail: fault };
    if (checks.that(!fault, { name, ...comparison })) reasons.push(reason);
  }
  return reasons;
}

/** Every block carries the seals of enough of the validators. */
function checkValidators(
  headers: readonly Header[],
  validators: readonly Hex[],
  checks: Checks,
): boolean {
  const sealed = headers.map(({ number, qbft }) => {
    // Nobody seals a chain's first block.
    if (number === 0) return true;
    const { fault, sealers } = checkSeals(qbft ?? { seals: [], hash: "0x" }, validators);
    const expected = `${quorumOf(validators.length)} / ${validators.length}`;
    const found = `${sealers.length}: ${sealers.join(" ")}`;
    const comparison = { expected, found, detail: fault };
    return checks.that(!fault, { name: "blockSealed", subject: number, ...comparison });
  });
  return headers.length > 0 && sealed.every(Boolean);
}

/** Another source knows every block by the same hash. */
async function checkKnown(
  headers: readonly Header[],
  hashOf: (number: number) => Promise<Hex | undefined>,
  checks: Checks,
): Promise<boolean> {
  const same: boolean[] = [];
  for (const { number, hash: found } of headers) {
    const expected = await attempt(hashOf(number));
    if (expected === undefined) same.push(checks.skip("blockKnown", number, "unreachable"));
    else same.push(checks.equal({ name: "blockKnown", subject: number, expected, found }));
  }
  return headers.length > 0 && same.every(Boolean);
}

/** Compares a bundle's blocks with what is known of the chain; gives what the verdict rests on. */
export async function checkTrust(
  {
    headers,
    head: signed,
  }: { headers: readonly Header[]; head: { size: number; note: string } | undefined },
  known: Known,
  checks: Checks,
): Promise<Trust | undefined> {
  const { validators, node, replayed } = known;
  const last = headers.at(-1);
  if (!last) return undefined;
  const reasons: TrustReason[] = [];
  if (replayed && (await checkKnown(headers, async (number) => replayed(number), checks))) {
    reasons.push("replay");
  }
  if (validators && checkValidators(headers, validators, checks)) reasons.push("validators");
  const hashAt = async (number: number): Promise<Hex | undefined> =>
    (await node?.block(number))?.hash.toLowerCase() as Hex | undefined;
  if (node && (await checkKnown(headers, hashAt, checks))) reasons.push("node");
  reasons.push(...(await checkHead(signed, known.attestations ?? [], checks)));
  const { number, hash, timestamp, qbft } = last;
  return {
    head: { number, hash, timestamp },
    reasons: reasons.length > 0 ? reasons : ["nobody"],
    validators: qbft?.validators.length,
  };
}
