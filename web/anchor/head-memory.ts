import { recall, replaceIf } from "../memory/database.ts";
import { communityPath } from "../registry/community.ts";
import { request, requestBytes } from "../service/request.ts";
import { hex, integer, list, maybe, object, text, type Read } from "../service/shape.ts";
import { whenIdle } from "../shell/idle.ts";
import { placeOf, type Head, type SeenHead } from "./seen-head.ts";

/** A head as its log has signed it. */
export interface SignedHead extends Head {
  /** The checkpoint, word for word (c2sp.org/tlog-checkpoint). */
  readonly note: string;
}

/** Whose cosignatures are wanted, as far as the service says; who has cosigned this browser has checked. */
export interface Cosigners {
  readonly cosigned: readonly string[];
  readonly missing: readonly string[];
}

export type HeadComparison = {
  readonly now: SignedHead;
  readonly cosigners: Cosigners | undefined;
} & (
  | { readonly kind: "first" }
  | { readonly kind: "same" | "unchanged"; readonly seen: SeenHead }
  | { readonly kind: "changed"; readonly seen: SeenHead }
);

const proofShape = object({ path: list(hex) });
const witnessesShape = object({
  witnesses: list(object({ name: text, key: text, size: maybe(integer) })),
});
export type Witness = Read<typeof witnessesShape>["witnesses"][number];

/** How often a head that is behind the kept one is asked for again: another tab may just have kept a newer one. */
const ATTEMPTS = 4;

async function requestProof(
  community: string,
  from: number,
  to: number,
): Promise<readonly `0x${string}`[]> {
  const path = communityPath(community, `/consistency?from=${from}&to=${to}`);
  return (await request(path, proofShape)).path;
}

/** Signatures and hashes are not needed for the page to open: what checks them is loaded once that was painted. */
const loadGrowth = async () => {
  await whenIdle();
  return import("./growth.ts");
};

async function requestHead(community: string, key: string): Promise<SignedHead> {
  const bytes = await requestBytes(communityPath(community, "/log/checkpoint"));
  const { openHead } = await loadGrowth();
  return openHead(new TextDecoder().decode(bytes), key);
}

async function continues(community: string, seen: Head, now: Head): Promise<boolean> {
  if (seen.size === now.size) return seen.root === now.root;
  if (seen.size > now.size) return false;
  const proof = await requestProof(community, seen.size, now.size);
  const { isGrowth } = await loadGrowth();
  return isGrowth(seen, now, proof);
}

async function requestCosigners(community: string, note: string): Promise<Cosigners | undefined> {
  const path = communityPath(community, "/log/witnesses");
  const { witnesses } = await request(path, witnessesShape);
  if (witnesses.length === 0) return undefined;
  const { listCosigners } = await loadGrowth();
  return listCosigners(note, witnesses);
}

const isSameHead = (a: Head | undefined, b: Head | undefined): boolean =>
  a?.size === b?.size && a?.root === b?.root;

/**
 * Compares the log with what this browser saw last, by a consistency proof that it checks itself, and remembers the
 * new signed head. It takes the kept head's place in one step, and only if that is still the one that was compared:
 * of two tabs the second compares again. A head that contradicts the kept one is not remembered: both are evidence.
 */
export async function compareHead(
  community: string,
  log: { key: string },
): Promise<HeadComparison> {
  const place = placeOf(community);
  for (let attempt = 1; ; attempt++) {
    const seen = await recall<SeenHead>("heads", place);
    const now = await requestHead(community, log.key);
    const isLast = attempt >= ATTEMPTS;
    if (seen && seen.size > now.size && !isLast) continue;
    const isGrowth = !seen || (await continues(community, seen, now));
    const cosigners = await requestCosigners(community, now.note);
    const found = { now, cosigners };
    if (!isGrowth) return { kind: "changed", seen, ...found };
    const value: SeenHead = { ...now, at: Math.floor(Date.now() / 1000) };
    const isKept = await replaceIf<SeenHead>(
      "heads",
      place,
      (kept) => isSameHead(kept, seen),
      value,
    );
    if (!isKept && !isLast) continue;
    if (!seen) return { kind: "first", ...found };
    return { kind: seen.size === now.size ? "same" : "unchanged", seen, ...found };
  }
}

/** Both heads as the log has signed them, one after the other. */
export function saveEvidence(community: string, comparison: HeadComparison): void {
  if (comparison.kind === "first") return;
  const { seen, now } = comparison;
  const kept = seen.note ?? `${seen.size}\n${seen.root}\n`;
  const url = URL.createObjectURL(new Blob([`${kept}\n${now.note}`], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `mingzhang-${community}-${seen.size}-${now.size}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
