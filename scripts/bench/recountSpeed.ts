import type { Hex } from "viem";
import { toDemoKey, signDigest } from "../../api/demo/keys.ts";
import { createRandom } from "../../api/demo/random.ts";
import type { BatchContent, BallotContext, OwnBallot } from "../../protocol/assembly/opening.ts";
import {
  arrangeBatch,
  ballotLeaf,
  createDigests,
  decodeBatch,
  encodeBatch,
} from "../../protocol/assembly/opening.ts";
import { KEY_KIND } from "../../protocol/registry/keys.ts";
import type { KeyKind } from "../../protocol/registry/keys.ts";
import { MAX_KEYS } from "../../protocol/registry/pages.ts";
import type { Binding } from "../../protocol/registry/pages.ts";
import { treeRoot } from "../../protocol/registry/tree.ts";
import { CODE, createJudge } from "../../protocol/verify/judging.ts";
import type { KeyRing } from "../../protocol/verify/keys.ts";
import type { ChainLog } from "../../protocol/verify/source.ts";
import { Count } from "../../protocol/verify/standing.ts";
import { timeSeconds } from "./speed.ts";
import type { Speed } from "./speed.ts";

const BALLOTS = 10_000;
const BATCH = 250;
const MOTIONS = 3;

const CONTEXT: BallotContext = {
  domain: { chainId: 31337, contract: `0x${"5a".repeat(20)}` },
  meeting: 1n,
  motions: MOTIONS,
};

/** What a verifier finds on chain of 10,000 ballots of one kind of key. */
interface Polled {
  bindings: Binding[];
  batches: { content: BatchContent; root: Hex }[];
}

/** How fast ballots are counted again: opened, hashed up to the sealed root, every signature checked, added up. */
export async function measureRecount(): Promise<Speed[]> {
  const rows: Speed[] = [];
  for (const [name, kind] of Object.entries(KEY_KIND)) {
    const polled = await poll(kind);
    const seconds = await timeSeconds(() => recount(kind, polled));
    const count = BALLOTS.toLocaleString("en");
    rows.push({
      name: `recount of ${count} ballots, ${name}`,
      value: BALLOTS / seconds,
      unit: "ballots/s",
    });
  }
  return rows;
}

async function poll(kind: KeyKind): Promise<Polled> {
  const random = createRandom(`recount ${kind}`);
  const digestOf = createDigests(CONTEXT);
  const perPage = MAX_KEYS[kind];
  const bindings: Binding[] = [];
  const ballots: OwnBallot[] = [];
  for (let voter = 0; voter < BALLOTS; voter++) {
    const key = toDemoKey(kind, `0x${Buffer.from(random.bytes(`key ${voter}`)).toString("hex")}`);
    const answers = 1 + random.below(3) + 4 * (1 + random.below(3)) + 16 * (1 + random.below(3));
    bindings.push({ voter, keyId: key.keyId });
    ballots.push({
      page: Math.floor(voter / perPage),
      position: voter % perPage,
      kind,
      answers,
      envelope: "0x",
      ...(await signDigest(key, digestOf(answers))),
    });
  }
  const batches: Polled["batches"] = [];
  for (let at = 0; at < BALLOTS; at += BATCH) {
    const { ballots: arranged, root } = arrangeBatch(CONTEXT, ballots.slice(at, at + BATCH));
    batches.push({ content: encodeBatch(arranged), root });
  }
  return { bindings, batches };
}

async function recount(kind: KeyKind, { bindings, batches }: Polled): Promise<void> {
  const digestOf = createDigests(CONTEXT);
  const ring = toRing(kind, bindings);
  const judge = createJudge({ ring, voters: BALLOTS, motions: MOTIONS, digestOf }, BALLOTS);
  const areasE4 = bindings.map(() => 1_000_000n);
  const count = new Count({ motions: MOTIONS, policy: "newestFirst", areasE4 });
  for (const [number, { content, root }] of batches.entries()) {
    const ballots = decodeBatch(content, () => kind).map((ballot) => {
      return { ...ballot, leaf: ballotLeaf(ballot, digestOf(ballot.answers)) };
    });
    if (treeRoot(ballots.map(({ leaf }) => leaf)) !== root) throw new Error("the root differs");
    for (const ballot of ballots) {
      const judged = await judge(ballot, NOWHERE);
      const code = count.countNext(judged, { batch: number, origin: "own" });
      if (code !== CODE.counted) throw new Error(`a ballot was not counted: ${code}`);
    }
  }
  if (count.voted.length !== BALLOTS) throw new Error("a voter is missing");
}

/** Where a ballot was opened matters only for keys that were revoked, and here none was. */
const NOWHERE = {} as ChainLog;

function toRing(kind: KeyKind, bindings: readonly Binding[]): KeyRing {
  const perPage = MAX_KEYS[kind];
  const pages = new Map<number, { kind: KeyKind; bindings: Binding[] }>();
  for (let at = 0; at < bindings.length; at += perPage) {
    pages.set(at / perPage, { kind, bindings: bindings.slice(at, at + perPage) });
  }
  return { pages, bound: new Set(pages.keys()), isRevokedAt: () => false };
}
