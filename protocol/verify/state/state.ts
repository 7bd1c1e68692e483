import { type Hex, bytesToBigInt, bytesToHex, keccak256 } from "viem";
import type { Header } from "../block/header.ts";
import { decodeRlp } from "../block/rlp.ts";
import { EMPTY_ROOT, type ProofNodes } from "../block/trie.ts";
import type { Evidence } from "../evidence.ts";
import type { Checks } from "../report.ts";
import { readPlace } from "./place.ts";
import type { WantedValue } from "./wanted.ts";

/** The state of a chain as of one block, as far as it was proven: the block's header, and nodes of its tries. */
export type ChainState = { header: Header; nodes: ProofNodes };

type Account = { storageRoot: Hex; codeHash: Hex };

const EMPTY_CODE = keccak256("0x");

/** An account, proven against the state root; throws when the proof does not lead to it. */
async function readAccount({ header, nodes }: ChainState, address: Hex): Promise<Account> {
  const rlp = await nodes.get(header.stateRoot, address);
  if (!rlp) return { storageRoot: EMPTY_ROOT, codeHash: EMPTY_CODE };
  const [, , storageRoot, codeHash] = decodeRlp(rlp) as Uint8Array[];
  return { storageRoot: bytesToHex(storageRoot!), codeHash: bytesToHex(codeHash!) };
}

async function readSlot({ nodes }: ChainState, root: Hex, slot: Hex): Promise<bigint> {
  const rlp = await nodes.get(root, slot);
  return rlp ? bytesToBigInt(decodeRlp(rlp) as Uint8Array) : 0n;
}

/** The code that was looked at is the code that the state commits to. */
async function checkCode(
  state: ChainState,
  code: ReadonlyMap<Hex, Hex>,
  checks: Checks,
): Promise<void> {
  for (const [address, own] of code) {
    const name = "stateCode";
    try {
      const { codeHash } = await readAccount(state, address);
      checks.equal({ name, subject: address, expected: codeHash, found: keccak256(own) });
    } catch {
      checks.skip(name, address, "notProven");
    }
  }
}

type Differing = { expected: Record<string, bigint>; found: Record<string, bigint> };

async function compare(
  state: ChainState,
  address: Hex,
  values: readonly WantedValue[],
): Promise<Differing> {
  const { storageRoot } = await readAccount(state, address);
  const words = new Map<Hex, bigint>();
  const differing: Differing = { expected: {}, found: {} };
  for (const { name, place, expected } of values) {
    const word = words.get(place.slot) ?? (await readSlot(state, storageRoot, place.slot));
    words.set(place.slot, word);
    const value = readPlace(word, place);
    if (expected === undefined || value === expected) continue;
    differing.expected[name] = expected;
    differing.found[name] = value;
  }
  return differing;
}

/** A contract holds what the events say. Only what differs is listed. */
async function checkContract(
  state: ChainState,
  { address, subject }: { address: Hex; subject: string },
  values: readonly WantedValue[],
  checks: Checks,
): Promise<void> {
  const known = values.filter(({ expected }) => expected !== undefined);
  try {
    const { expected, found } = await compare(state, address, known);
    const differs = Object.keys(expected).length > 0;
    const comparison = differs
      ? { expected, found }
      : { expected: known.length, found: known.length };
    checks.equal({ name: "stateAgrees", subject, ...comparison });
  } catch {
    checks.skip("stateAgrees", subject, "notProven");
  }
}

/** What is compared with the state, and of which contracts. */
export type StateCheck = Pick<Evidence, "state" | "info" | "code"> & {
  contracts: readonly WantedValue["contract"][];
};

/** The state that the block commits to is the one that follows from the events. */
export async function checkState(
  { state, info, code, contracts }: StateCheck,
  values: readonly WantedValue[],
  checks: Checks,
): Promise<void> {
  if (!state) return;
  await checkCode(state, code, checks);
  for (const contract of contracts) {
    const own = values.filter((value) => value.contract === contract);
    const place = { address: info[contract], subject: contract };
    await checkContract(state, place, own, checks);
  }
}
