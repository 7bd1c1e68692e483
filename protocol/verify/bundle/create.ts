import type { Hex } from "viem";
import type { ChainProver, WantedState } from "../block/prover.ts";
import { readHeader } from "../block/header.ts";
import type { Sources } from "../source.ts";
import { type Bundle, toFiles } from "./bundle.ts";
import { type Provable, collectScope, narrowTo } from "./collect.ts";
import { MANIFEST, manifestBytes } from "./manifest.ts";
import { createRecorder } from "./recorder.ts";
import type { Scope } from "./scope.ts";

const byText = (a: string, b: string): number => (a < b ? -1 : 1);

/** The accounts and slots that prove what a verification compares: all code that was read, and every value. */
function wantedState(provable: readonly Provable[]): WantedState[] {
  const slots = new Map<Hex, Set<Hex>>();
  const slotsOf = (address: Hex): Set<Hex> => {
    const known = slots.get(address) ?? new Set();
    slots.set(address, known);
    return known;
  };
  for (const { info, code, values } of provable) {
    for (const address of code.keys()) slotsOf(address);
    for (const { contract, place } of values) {
      slotsOf(info[contract].toLowerCase() as Hex).add(place.slot);
    }
  }
  return [...slots].map(([address, keys]) => ({ address, slots: [...keys].sort(byText) }));
}

async function proveState(
  prover: ChainProver,
  wanted: readonly WantedState[],
  head: number,
): Promise<Bundle["chain"]["state"]> {
  const nodes = new Set<Hex>();
  try {
    for (const one of wanted) {
      for (const node of await prover.proof(one, head)) nodes.add(node);
    }
  } catch {
    // A node that gives no proofs: the verdict says that the state was not proven.
    return null;
  }
  return { nodes: [...nodes].sort(byText) };
}

/** `wholeChain`: every block from the first on, so that the chain can be run through again. */
type BundleSettings = { wholeChain?: boolean };

/** Reads all that the verification of a scope reads into one bundle; rejects when the sources name no community. */
export async function createBundle(
  sources: Sources & { prover: ChainProver },
  scope: Scope,
  { wholeChain = false }: BundleSettings = {},
): Promise<Bundle> {
  const { prover } = sources;
  const community = await sources.records.community();
  const head = await prover.head();
  const narrowed = await narrowTo(sources, community, scope);
  const recorder = createRecorder(narrowed, head);
  const provable = await collectScope(recorder.sources, community, scope);
  const { code, blocks: used, ...kept } = recorder.kept();
  const wanted = wholeChain ? Array.from({ length: head }, (_, number) => number) : used;
  const numbers = [...new Set([...wanted, head])].sort((a, b) => a - b);
  const blocks: Bundle["chain"]["blocks"] = [];
  for (const number of numbers) blocks.push({ number, block: await prover.block(number) });
  const state = await proveState(prover, wantedState(provable), head);
  const chainId = await sources.chain.chainId();
  return { scope, community, ...kept, chain: { chainId, head, blocks, code, state } };
}

/** The files of a bundle: with what lies beside the evidence, such as the verifier itself. */
export function bundleFiles(
  bundle: Bundle,
  kit: ReadonlyMap<string, Uint8Array>,
): Map<string, Uint8Array> {
  const files = new Map([...toFiles(bundle), ...kit]);
  const { scope, community, chain } = bundle;
  const last = chain.blocks.find(({ number }) => number === chain.head);
  if (!last) throw new RangeError("the bundle's last block is not in it");
  const { number, hash, timestamp } = readHeader(last.block.header);
  const about = { chainId: chain.chainId, head: { number, hash, timestamp } };
  files.set(MANIFEST, manifestBytes({ scope, community, chain: about }, files));
  return files;
}
