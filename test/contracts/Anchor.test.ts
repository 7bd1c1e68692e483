import { expect } from "chai";
import { type Contract, getBytes, hexlify, id, toUtf8Bytes } from "ethers";
import fc from "fast-check";
import {
  type Hash,
  type LeafSpan,
  type NodeId,
  appendLeaf,
  consistencySpans,
  createRange,
  foldNodes,
  logLeaf,
  spanNodes,
} from "../../protocol/anchor/log.ts";
import { verifyConsistency } from "../../protocol/anchor/proof.ts";
import { type Community, deployCommunity } from "../../scripts/bench/chain/community.ts";
import { keepChain, refusalOf, send } from "./chain.ts";

const LARGEST = 100_000;

/** Every complete subtree of a log, so that its roots and proofs at any size are a few hashes away. */
class GrownLog {
  readonly #nodes = new Map<string, Hash>();

  constructor(size: number, label: string) {
    const range = createRange();
    for (let i = 0; i < size; i++) {
      appendLeaf(range, logLeaf(toUtf8Bytes(`${label} ${i}`)), (node, hash) =>
        this.#nodes.set(this.#key(node), hash),
      );
    }
  }

  root(size: number): string {
    return this.#hash({ begin: 0, end: size });
  }

  proof(first: number, second: number): string[] {
    return consistencySpans(first, second).map((span) => this.#hash(span));
  }

  #hash(span: LeafSpan): string {
    return hexlify(foldNodes(spanNodes(span).map((node) => this.#nodes.get(this.#key(node))!)));
  }

  #key({ level, index }: NodeId): string {
    return `${level} ${index}`;
  }
}

type Attempt = { size: number; root: string; proof: string[] };
type Mutation = (good: Attempt, pick: number, log: GrownLog) => Attempt;

function flipHash(hash: string, pick: number): string {
  const bytes = getBytes(hash);
  bytes[pick % 32]! ^= 1 << (pick % 8);
  return hexlify(bytes);
}

/** Ways to spoil a head, or not. */
const MUTATIONS: readonly Mutation[] = [
  (good) => good,
  (good) => good,
  (good, pick) => {
    const at = pick % good.proof.length;
    return { ...good, proof: good.proof.with(at, flipHash(good.proof[at]!, pick)) };
  },
  (good, pick) => ({ ...good, proof: good.proof.toSpliced(pick % good.proof.length, 1) }),
  (good, pick) => {
    const at = pick % (good.proof.length + 1);
    return { ...good, proof: good.proof.toSpliced(at, 0, id(`more ${pick}`)) };
  },
  (good) => ({ ...good, proof: good.proof.toReversed() }),
  (good, pick) => ({ ...good, root: flipHash(good.root, pick) }),
  (good, pick) => ({ ...good, size: good.size + 1 + (pick % 3) }),
  (good, pick) => ({ ...good, size: good.size - 1 - (pick % 3) }),
  (good, pick) => ({ ...good, size: good.size ^ (1 << (pick % 17)) }),
  (good, pick, log) => ({ ...good, root: log.root(1 + (pick % LARGEST)) }),
];

/** The same pseudo-random sizes at every run. */
function* pseudoRandom(count: number, below: number): Generator<number> {
  for (let i = 0; i < count; i++) yield 1 + Number(BigInt(id(`size ${i}`)) % BigInt(below));
}

describe("Anchor", () => {
  let community: Community;
  let anchor: Contract;
  let restore: () => Promise<void>;
  let log: GrownLog;

  before(async function () {
    this.timeout(60_000);
    community = await deployCommunity();
    anchor = community.anchor.connect(community.officers.relayer) as Contract;
    log = new GrownLog(LARGEST, "record");
    restore = await keepChain(community);
  });
  beforeEach(() => restore());

  const anchorHead = (size: number | bigint, root: string, proof: string[]) =>
    send(anchor, "anchorHead", size, root, proof);
  const start = (size: number) => anchorHead(size, log.root(size), []);
  const head = async () => {
    const { size, root } = await anchor.getFunction("head")();
    return { size: Number(size), root: root as string };
  };

  it("follows a log through every size to 260 and on to 100,000", async function () {
    this.timeout(60_000);
    await start(1);
    const larger = [511, 512, 513, 1_000, 4_095, 4_999, 65_535, 65_536, 65_537, 99_999, LARGEST];
    const sizes = [...Array.from({ length: 259 }, (_, i) => i + 2), ...larger];
    let last = 1;
    for (const size of sizes) {
      await anchorHead(size, log.root(size), log.proof(last, size));
      last = size;
    }
    expect(await head()).to.deep.equal({ size: LARGEST, root: log.root(LARGEST) });
  });

  it("accepts the proof between any two sizes up to 24", async function () {
    this.timeout(60_000);
    for (let first = 1; first < 24; first++) {
      await restore();
      await start(first);
      const { ethers } = community;
      for (let second = first + 1; second <= 24; second++) {
        const snapshot = await ethers.provider.send("evm_snapshot", []);
        await anchorHead(second, log.root(second), log.proof(first, second));
        await ethers.provider.send("evm_revert", [snapshot]);
      }
    }
  });

  it("accepts proofs between random sizes up to 100,000", async () => {
    const sizes = [...new Set(pseudoRandom(24, LARGEST))].toSorted((a, b) => a - b);
    await start(sizes[0]!);
    for (const [i, size] of sizes.slice(1).entries()) {
      await anchorHead(size, log.root(size), log.proof(sizes[i]!, size));
    }
    expect((await head()).size).to.equal(sizes.at(-1));
  });

  /** What the contract and the prover's verifier say of one and the same head, without changing anything. */
  async function judge(first: number, attempt: Attempt): Promise<[boolean, boolean]> {
    const { size, root, proof } = attempt;
    const contract = await anchor
      .getFunction("anchorHead")
      .staticCall(size, root, proof)
      .then(
        () => true,
        () => false,
      );
    const older = { size: BigInt(first), root: getBytes(log.root(first)) };
    const newer = { size: BigInt(size), root: getBytes(root) };
    const hashes = proof.map((hash) => getBytes(hash));
    return [contract, size > first && verifyConsistency(older, newer, hashes)];
  }

  it("agrees with the TypeScript verifier on good and mutated heads of up to 100,000 leaves", async function () {
    this.timeout(60_000);
    const firsts = fc.sample(fc.integer({ min: 1, max: LARGEST - 1 }), { numRuns: 8, seed: 1 });
    let [accepted, refused] = [0, 0];
    for (const first of [1, 2, 64, 65_536, 65_537, ...firsts]) {
      await restore();
      await start(first);
      const heads = fc.record({
        second: fc.integer({ min: first + 1, max: LARGEST }),
        mutation: fc.integer({ min: 0, max: MUTATIONS.length - 1 }),
        pick: fc.nat(),
      });
      for (const { second, mutation, pick } of fc.sample(heads, { numRuns: 24, seed: first })) {
        const good = { size: second, root: log.root(second), proof: log.proof(first, second) };
        const [contract, verifier] = await judge(first, MUTATIONS[mutation]!(good, pick, log));
        expect(contract, `${first} to ${second}, mutation ${mutation}`).to.equal(verifier);
        if (contract) accepted += 1;
        else refused += 1;
      }
    }
    expect(accepted).to.be.greaterThan(25);
    expect(refused).to.be.greaterThan(100);
  });

  it("takes the right root under a neighbouring size of the same shape: only the signed head tells the size", async () => {
    const [first, second] = [1_000, 1_100];
    await start(first);
    const good = { size: second, root: log.root(second), proof: log.proof(first, second) };
    const sizes: number[] = [];
    for (let size = second - 40; size < second + 40; size++) {
      const [contract, verifier] = await judge(first, { ...good, size });
      expect(contract, `size ${size}`).to.equal(verifier);
      if (contract) sizes.push(size);
    }
    expect(sizes).to.include(second).and.to.have.length.greaterThan(1);
  });

  describe("refuses", () => {
    const [first, second] = [1_000, 1_100];
    beforeEach(() => start(first));

    it("a proof of which any hash has been forged", async () => {
      const proof = log.proof(first, second);
      for (const place of proof.keys()) {
        const forged = proof.map((hash, i) => (i === place ? id("forged") : hash));
        const name = await refusalOf(anchorHead(second, log.root(second), forged));
        expect(name, `hash ${place}`).to.be.oneOf(["AnchorHistoryDiffers", "AnchorRootDiffers"]);
      }
    });

    it("a proof that is shorter or longer, or none", async () => {
      const proof = log.proof(first, second);
      for (const wrong of [proof.slice(1), proof.slice(0, -1), [...proof, id("more")], []]) {
        const name = await refusalOf(anchorHead(second, log.root(second), wrong));
        expect(name, `${wrong.length} hashes`).to.equal("AnchorProofLengthInvalid");
      }
    });

    it("an equal, a smaller and an empty log", async () => {
      for (const size of [first, first - 1, 0]) {
        const root = size > 0 ? log.root(size) : id("empty");
        expect(await refusalOf(anchorHead(size, root, []))).to.equal("AnchorHeadNotLarger");
      }
    });

    it("another root with a good proof", async () => {
      const sent = anchorHead(second, log.root(second + 1), log.proof(first, second));
      expect(await refusalOf(sent)).to.equal("AnchorRootDiffers");
    });

    it("another size, of a tree of another shape, with a good proof", async () => {
      for (const size of [first + 1, 1_024, 2_049]) {
        const sent = anchorHead(size, log.root(second), log.proof(first, second));
        expect(await refusalOf(sent)).to.equal("AnchorProofLengthInvalid");
      }
    });

    it("a log whose beginning is another, with a proof that fits it", async () => {
      const other = new GrownLog(second, "rewritten");
      const sent = anchorHead(second, other.root(second), other.proof(first, second));
      expect(await refusalOf(sent)).to.equal("AnchorHistoryDiffers");
    });

    it("a sender who is no relayer", async () => {
      for (const sender of [community.outsider, community.officers.registrar]) {
        const sent = send(
          anchor.connect(sender),
          "anchorHead",
          second,
          log.root(second),
          log.proof(first, second),
        );
        expect(await refusalOf(sent)).to.equal("AnchorNotRelayer");
      }
    });

    it("any of it without a change to the head", async () => {
      await refusalOf(anchorHead(second, log.root(second), []));
      expect(await head()).to.deep.equal({ size: first, root: log.root(first) });
    });
  });

  it("refuses a rewritten log where the last one was a power of two, whose root is not in the proof", async () => {
    await start(64);
    const other = new GrownLog(100, "rewritten");
    const sent = anchorHead(100, other.root(100), other.proof(64, 100));
    expect(await refusalOf(sent)).to.equal("AnchorRootDiffers");
  });

  it("takes no proof and no empty log for the first head", async () => {
    expect(await refusalOf(anchorHead(5, log.root(5), [id("hash")]))).to.equal(
      "AnchorProofLengthInvalid",
    );
    expect(await refusalOf(anchorHead(0, log.root(1), []))).to.equal("AnchorHeadNotLarger");
  });

  it("ends at no size that a log can have", async () => {
    await start(3);
    const largest = 2n ** 64n - 1n;
    expect(await refusalOf(anchorHead(largest, id("root"), [id("a"), id("b")]))).to.equal(
      "AnchorProofLengthInvalid",
    );
  });
});
