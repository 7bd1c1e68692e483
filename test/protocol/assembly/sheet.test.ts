import { expect } from "chai";
import fc from "fast-check";
import { keccak256, solidityPackedKeccak256 } from "ethers";
import {
  ORIGIN,
  SELF_SEALED,
  originOf,
  ownLeaf,
  paperLeaf,
  scanHash,
  sealedRoot,
} from "../../../protocol/assembly/ballot.ts";
import { stageAt } from "../../../protocol/assembly/meeting.ts";
import { compareBatches, openingOrder } from "../../../protocol/assembly/order.ts";
import {
  type Answer,
  isSignable,
  packAnswers,
  paperDigest,
  unpackAnswers,
} from "../../../protocol/assembly/sheet.ts";
import {
  LANES,
  addVoter,
  emptyTally,
  fromTallyWord,
  removeVoter,
  sumTallies,
  toTallyWord,
} from "../../../protocol/assembly/tally.ts";

const answer = fc.constantFrom<Answer>("blank", "for", "against", "abstain");

describe("answers of a sheet", () => {
  it("pack and unpack for any sheet of up to 16 motions", () => {
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 16 }), (answers) => {
        const packed = packAnswers(answers);
        expect(packed).to.be.within(0, 0xffff_ffff);
        expect(unpackAnswers(packed, answers.length)).to.deep.equal(answers);
      }),
    );
  });

  it("put motion 0 into the lowest two bits", () =>
    expect(packAnswers(["for", "against", "abstain"])).to.equal(0b11_10_01));

  it("refuse bits beyond the last motion and a seventeenth motion", () => {
    expect(() => unpackAnswers(0b01_01, 1)).to.throw(RangeError);
    expect(() => unpackAnswers(-1, 1)).to.throw(RangeError);
    expect(() => packAnswers(new Array<Answer>(17).fill("for"))).to.throw(RangeError);
  });

  it("can be signed only without blanks", () => {
    expect(isSignable(["for", "abstain"])).to.equal(true);
    expect(isSignable(["for", "blank"])).to.equal(false);
  });
});

describe("ballot leaves", () => {
  const hash = keccak256("0x01") as `0x${string}`;
  it("hash exactly the packed bytes of the specification", () => {
    const signature = `0x${"ab".repeat(64)}` as const;
    expect(ownLeaf({ page: 2, position: 513 }, hash, signature)).to.equal(
      solidityPackedKeccak256(["uint16", "uint16", "bytes32", "bytes"], [2, 513, hash, signature]),
    );
    expect(paperLeaf(513, hash, hash)).to.equal(
      solidityPackedKeccak256(["uint16", "bytes32", "bytes32"], [513, hash, hash]),
    );
    expect(paperDigest(7n, 0xe4)).to.equal(
      solidityPackedKeccak256(["string", "uint256", "uint32"], ["paper", 7, 0xe4]),
    );
    expect(scanHash(hash, hash)).to.equal(
      solidityPackedKeccak256(["bytes32", "bytes32"], [hash, hash]),
    );
  });

  it("refuse parts of another length", () => {
    expect(() => ownLeaf({ page: 0, position: 1 }, "0x12", hash)).to.throw(RangeError);
    expect(() => ownLeaf({ page: 0, position: 65_536 }, hash, hash)).to.throw();
  });

  it("are sealed under a root whose last byte is the origin", () => {
    expect(sealedRoot(hash, ORIGIN.paper)).to.equal(`${hash.slice(0, -2)}01`);
    expect(sealedRoot(hash, ORIGIN.own + SELF_SEALED)).to.equal(`${hash.slice(0, -2)}80`);
    const origins = [0, 1, 2, 128, 129].map((origin) => originOf(sealedRoot(hash, origin)));
    expect(origins).to.deep.equal([
      { origin: "own", selfSealed: false },
      { origin: "paper", selfSealed: false },
      undefined,
      { origin: "own", selfSealed: true },
      undefined,
    ]);
  });
});

describe("order of opening", () => {
  const batches = (["own", "paper", "own", "paper"] as const).map((origin, batch) => ({
    batch,
    origin,
  }));
  const order = (policy: "newestFirst" | "oldestFirst" | "paperFirst"): number[] =>
    openingOrder(policy, batches).map(({ batch }) => batch);

  it("follows the conflict policy", () => {
    expect(order("newestFirst")).to.deep.equal([3, 2, 1, 0]);
    expect(order("oldestFirst")).to.deep.equal([0, 1, 2, 3]);
    expect(order("paperFirst")).to.deep.equal([3, 1, 2, 0]);
  });

  it("ranks no batch before itself", () =>
    expect(compareBatches("paperFirst", batches[1]!, batches[1]!)).to.equal(0));
});

describe("tally", () => {
  const count = fc.record({
    heads: fc.nat({ max: 0xffff }),
    areaE4: fc.bigInt({ min: 0n, max: (1n << 48n) - 1n }),
  });
  const tally = fc.record({ invalid: count, for: count, against: count, abstain: count });

  it("round trips through its word", () => {
    fc.assert(
      fc.property(tally, (lanes) => {
        expect(fromTallyWord(toTallyWord(lanes))).to.deep.equal(lanes);
      }),
    );
  });

  it("has its lanes at 64 bits times the option, heads above 48 bits of area", () => {
    const lanes = emptyTally();
    addVoter(lanes, "against", 5n);
    expect(toTallyWord(lanes)).to.equal(((1n << 48n) | 5n) << 128n);
  });

  it("adds and removes voters, blanks as invalid, and sums origins", () => {
    const own = emptyTally();
    addVoter(own, "for", 10n);
    addVoter(own, "blank", 7n);
    addVoter(own, "abstain", 1n);
    removeVoter(own, "abstain", 1n);
    const paper = emptyTally();
    addVoter(paper, "for", 3n);
    const sum = sumTallies([own, paper]);
    expect(sum.for).to.deep.equal({ heads: 2, areaE4: 13n });
    expect(sum.invalid).to.deep.equal({ heads: 1, areaE4: 7n });
    expect(LANES.map((lane) => sum[lane].heads)).to.deep.equal([1, 2, 0, 0]);
  });
});

describe("stage of a meeting", () => {
  const times = { opensAt: 10, closesAt: 20, paperSeconds: 5, objectionSeconds: 7 };
  it("goes by the times alone until the count is concluded", () => {
    const stages = [9, 10, 19, 20, 24, 25, 1000].map((now) => stageAt(times, now));
    expect(stages).to.deep.equal([
      "announced",
      "voting",
      "voting",
      "paper",
      "paper",
      "counting",
      "counting",
    ]);
  });

  it("is preliminary for the objection period and then final", () => {
    const concluded = { ...times, concludedAt: 30 };
    expect([36, 37].map((now) => stageAt(concluded, now))).to.deep.equal(["preliminary", "final"]);
  });
});
