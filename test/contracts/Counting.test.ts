import { expect } from "chai";
import type { Contract } from "ethers";
import { decideOutcome, findRule } from "../../protocol/assembly/count/rule.ts";
import { FORM, packAnswers, proofOf } from "../../scripts/bench/chain/ballots.ts";
import { type Community, deployCommunity } from "../../scripts/bench/chain/community.ts";
import {
  type Batch,
  type Cast,
  convene,
  makeBatch,
  sealBatch,
} from "../../scripts/bench/chain/meeting.ts";
import {
  KIND,
  type Voter,
  bindPage,
  freezeRoll,
  makeVoters,
} from "../../scripts/bench/chain/roll.ts";
import { eventOf, keepChain, refusalOf, send, setTime } from "./chain.ts";
import { openPaper, paperBatch, sealPaper } from "./paper.ts";

const OUTCOMES = ["QuorumNotReached", "Adopted", "NotAdopted"];
const ORIGIN = { own: 0, paper: 1 };
const ITEMS = [5, 6, 9];
const [FOR, AGAINST, ABSTAIN] = [1, 2, 3];

type Fields = Awaited<ReturnType<typeof convene>>;

describe("Assembly counting", () => {
  // Wallets stand in key page 0, P-256 keys in page 1; the first ten of these sign in a browser, the others by passkey.
  const wallets = makeVoters(30, KIND.secp256k1).slice(0, 10);
  const passkeys = makeVoters(30, KIND.p256).slice(10);
  const voters: Voter[] = [...wallets, ...passkeys];
  const totalArea = voters.reduce((sum, { areaE4 }) => sum + areaE4, 0n);
  let community: Community;
  let assembly: Contract;
  let roll: bigint;
  let restore: () => Promise<void>;

  before(async () => {
    community = await deployCommunity();
    ({ assembly } = community);
    ({ roll } = await freezeRoll(community, voters));
    await bindPage(community, roll, wallets);
    await bindPage(community, roll, passkeys);
    restore = await keepChain(community);
  });
  beforeEach(() => restore());

  const read = (method: string, ...inputs: unknown[]) => assembly.getFunction(method)(...inputs);

  function cast(voter: number, answers: number[]): Cast {
    const [page, first] = voter < 10 ? [0, 0] : [1, 10];
    const form = voter < 10 ? FORM.plain : voter < 20 ? FORM.sha256 : FORM.webauthn;
    return { voter: voters[voter]!, answers, form, page, position: voter - first };
  }

  async function conveneAndOpen(changes: object = {}): Promise<Fields> {
    const fields = await convene(community, roll, { items: ITEMS, ...changes });
    await setTime(community, fields.opensAt);
    return fields;
  }

  async function sealCasts({ meeting }: Fields, casts: Cast[]): Promise<Batch> {
    const batch = await makeBatch(community, meeting, casts);
    await sealBatch(community, meeting, batch);
    return batch;
  }

  const startCount = ({ closesAt, paperSeconds }: Fields) =>
    setTime(community, closesAt + paperSeconds);

  const open = ({ meeting }: Fields, number: number, batch: Batch) =>
    eventOf(
      "BatchCounted",
      send(assembly, "openBatch", meeting, number, batch.messages, batch.groups),
    );

  const single = ({ meeting }: Fields, number: number, batch: Batch, index = 0) => {
    const { page, position, message, signature } = batch.ballots[index]!;
    const ballot = { place: { page, position }, message: batch.messages[message], signature };
    return send(assembly, "openBallot", meeting, number, ballot, proofOf(batch.tree, index));
  };

  const lane = (word: bigint, answer: number) => {
    const value = (word >> BigInt(64 * answer)) & (2n ** 64n - 1n);
    return { heads: value >> 48n, area: value & (2n ** 48n - 1n) };
  };
  const measure = (chosen: Voter[]) => ({
    heads: BigInt(chosen.length),
    area: chosen.reduce((sum, { areaE4 }) => sum + areaE4, 0n),
  });
  const tallyOf = ({ meeting }: Fields, motion = 0, origin = ORIGIN.own): Promise<bigint> =>
    read("tally", meeting, motion, origin);

  describe("a whole meeting", () => {
    /** Votes that differ from voter to voter and from motion to motion; the last two do not vote. */
    const votes = Array.from({ length: 28 }, (_, voter) => [
      voter % 5 === 0 ? AGAINST : FOR,
      voter % 3 === 0 ? ABSTAIN : FOR,
      voter % 2 === 0 ? AGAINST : FOR,
    ]);

    async function holdMeeting(changes: object = {}) {
      const fields = await conveneAndOpen(changes);
      const half = (start: number) =>
        votes.slice(start, start + 14).map((answers, i) => cast(start + i, answers));
      const batches = [await sealCasts(fields, half(0)), await sealCasts(fields, half(14))];
      return { fields, batches };
    }

    it("counts wallets, browser keys and passkeys, and decides by the rule of the protocol", async () => {
      const { fields, batches } = await holdMeeting();
      await startCount(fields);
      for (const number of [1, 0]) await open(fields, number, batches[number]!);
      await send(assembly, "conclude", fields.meeting);
      for (const [motion, item] of ITEMS.entries()) {
        const chosen = (answer: number) =>
          measure(voters.filter((_, i) => votes[i]?.[motion] === answer));
        const word = await tallyOf(fields, motion);
        for (const answer of [FOR, AGAINST, ABSTAIN]) {
          expect(lane(word, answer)).to.deep.equal(chosen(answer));
        }
        const expected = decideOutcome(findRule("civil-code", item), {
          total: { heads: 30n, area: totalArea },
          participating: measure(voters.slice(0, 28)),
          inFavour: chosen(FOR),
        });
        expect(OUTCOMES[Number(await read("outcome", fields.meeting, motion))]).to.equal(expected);
      }
    });

    it("shows nothing before the count, and no outcome before the end of it", async () => {
      const { fields, batches } = await holdMeeting();
      for (const motion of ITEMS.keys()) expect(await tallyOf(fields, motion)).to.equal(0n);
      const early = send(assembly, "openBatch", fields.meeting, 1, [], []);
      expect(await refusalOf(early)).to.equal("AssemblyCountNotStarted");
      await setTime(community, fields.closesAt + fields.paperSeconds - 1);
      expect(await refusalOf(open(fields, 1, batches[1]!))).to.equal("AssemblyCountNotStarted");
      await startCount(fields);
      await open(fields, 1, batches[1]!);
      expect(await refusalOf(read("outcome", fields.meeting, 0))).to.equal("AssemblyNotConcluded");
      const concluded = send(assembly, "conclude", fields.meeting);
      expect(await refusalOf(concluded)).to.equal("AssemblyBatchesLeft");
    });

    it("is preliminary until the time for objections has passed, then final", async () => {
      const { fields, batches } = await holdMeeting();
      await startCount(fields);
      for (const number of [1, 0]) await open(fields, number, batches[number]!);
      const concluded = fields.closesAt + 90_000;
      await setTime(community, concluded);
      const event = await eventOf("MeetingConcluded", send(assembly, "conclude", fields.meeting));
      expect(event!["finalAt"]).to.equal(BigInt(concluded + fields.objectionSeconds));
      expect(await read("stage", fields.meeting)).to.equal(5n);
      await setTime(community, concluded + fields.objectionSeconds);
      expect(await refusalOf(send(assembly, "conclude", fields.meeting))).to.equal(
        "AssemblyConcluded",
      );
      expect(await read("stage", fields.meeting)).to.equal(6n);
    });
  });

  describe("the conflict policy", () => {
    /** Voter 0 votes for, against, abstains in three own batches, and for on paper between them. */
    async function voteAgain(conflict: number) {
      const fields = await conveneAndOpen({ conflict, items: [5] });
      const own = [await sealCasts(fields, [cast(0, [FOR])])];
      own.push(await sealCasts(fields, [cast(0, [AGAINST])]));
      const paper = paperBatch(fields.meeting, [{ voter: 0, answers: packAnswers([FOR]) }]);
      await sealPaper(community, fields.meeting, paper);
      own.push(await sealCasts(fields, [cast(0, [ABSTAIN])]));
      await startCount(fields);
      const openNumber = (number: number) =>
        number === 2
          ? openPaper(community, { meeting: fields.meeting, number: 2 }, paper)
          : open(fields, number, own[number > 2 ? 2 : number]!);
      return { fields, openNumber };
    }

    const cases: [string, number, number[], [number, number]][] = [
      ["newest first", 0, [3, 2, 1, 0], [ORIGIN.own, ABSTAIN]],
      ["oldest first", 1, [0, 1, 2, 3], [ORIGIN.own, FOR]],
      ["paper first, then newest", 2, [2, 3, 1, 0], [ORIGIN.paper, FOR]],
    ];
    for (const [name, conflict, order, [origin, answer]] of cases) {
      it(`${name}: opens in that order only, and the first opened stands`, async () => {
        const { fields, openNumber } = await voteAgain(conflict);
        for (const number of order) {
          for (const wrong of order.filter((other) => other !== number)) {
            expect(await refusalOf(openNumber(wrong))).to.equal("AssemblyBatchNotNext");
          }
          await openNumber(number);
        }
        const expected = measure([voters[0]!]);
        expect(lane(await tallyOf(fields, 0, origin), answer)).to.deep.equal(expected);
        const sum = (await tallyOf(fields, 0, 0)) + (await tallyOf(fields, 0, 1));
        expect(sum).to.equal(((expected.heads << 48n) | expected.area) << BigInt(64 * answer));
      });
    }
  });

  describe("paper", () => {
    for (const invalidParticipates of [true, false]) {
      const name = invalidParticipates ? "takes part" : "is ignored";
      it(`counts a blank answer as invalid, which ${name}`, async () => {
        const fields = await conveneAndOpen({ items: [5, 5], invalidParticipates });
        // In motion 0 eleven of 30 answer, short of two thirds; with the 13 blank sheets it is enough.
        const ballots = voters.slice(0, 24).map(({ voter }) => ({
          voter,
          answers: packAnswers([voter < 13 ? 0 : FOR, FOR]),
        }));
        const batch = paperBatch(fields.meeting, ballots);
        await sealPaper(community, fields.meeting, batch);
        await startCount(fields);
        await openPaper(community, { meeting: fields.meeting, number: 0 }, batch);
        await send(assembly, "conclude", fields.meeting);
        const word = await tallyOf(fields, 0, ORIGIN.paper);
        expect(lane(word, 0)).to.deep.equal(measure(voters.slice(0, 13)));
        for (const motion of [0, 1]) {
          const inFavour = measure(voters.slice(motion === 0 ? 13 : 0, 24));
          const isCounted = motion === 1 || invalidParticipates;
          const expected = decideOutcome(findRule("civil-code", 5), {
            total: { heads: 30n, area: totalArea },
            participating: isCounted ? measure(voters.slice(0, 24)) : inFavour,
            inFavour,
          });
          const outcome = await read("outcome", fields.meeting, motion);
          expect(OUTCOMES[Number(outcome)]).to.equal(expected);
        }
      });
    }

    it("counts no voter beyond the roll, no answer beyond the motions and no second sheet", async () => {
      const fields = await conveneAndOpen({ items: [5] });
      const batch = paperBatch(fields.meeting, [
        { voter: 3, answers: FOR },
        { voter: 4, answers: packAnswers([FOR, FOR]) },
        { voter: 3, answers: AGAINST },
        { voter: 30, answers: FOR },
      ]);
      await sealPaper(community, fields.meeting, batch);
      await startCount(fields);
      const counted = await openPaper(community, { meeting: fields.meeting, number: 0 }, batch);
      expect(counted!["codes"]).to.equal("0x01060502");
    });
  });

  describe("a ballot opened alone", () => {
    async function sealTwo() {
      const fields = await conveneAndOpen({ items: [5] });
      const older = await sealCasts(fields, [cast(0, [FOR]), cast(1, [FOR])]);
      const newer = await sealCasts(fields, [cast(0, [AGAINST])]);
      await startCount(fields);
      return { fields, older, newer };
    }
    const codesOf = async (sent: ReturnType<typeof eventOf>) => (await sent)!["codes"] as string;

    it("counts at once, and only once when its batch follows", async () => {
      const { fields, older, newer } = await sealTwo();
      await single(fields, 1, newer);
      expect(lane(await tallyOf(fields), AGAINST)).to.deep.equal(measure([voters[0]!]));
      expect(await codesOf(open(fields, 1, newer))).to.equal("0x01");
      expect(await codesOf(open(fields, 0, older))).to.equal("0x0601");
      expect(lane(await tallyOf(fields), AGAINST)).to.deep.equal(measure([voters[0]!]));
      expect(lane(await tallyOf(fields), FOR)).to.deep.equal(measure([voters[1]!]));
    });

    it("gives way to the voter's ballot of a newer batch, opened whole or alone", async () => {
      const { fields, older, newer } = await sealTwo();
      await single(fields, 0, older);
      expect(await codesOf(open(fields, 1, newer))).to.equal("0x01");
      expect(lane(await tallyOf(fields), FOR)).to.deep.equal({ heads: 0n, area: 0n });
      expect(lane(await tallyOf(fields), AGAINST)).to.deep.equal(measure([voters[0]!]));
      expect(await codesOf(open(fields, 0, older))).to.equal("0x0601");
    });

    it("is refused twice, after its batch, against a newer one, and with another's path", async () => {
      const { fields, older, newer } = await sealTwo();
      await single(fields, 1, newer);
      for (const sent of [() => single(fields, 1, newer), () => single(fields, 0, older)]) {
        expect(await refusalOf(sent())).to.equal("AssemblyBallotNotCounted");
      }
      expect(await refusalOf(single(fields, 1, older, 1))).to.equal("AssemblyRootDiffers");
      await open(fields, 1, newer);
      expect(await refusalOf(single(fields, 1, newer))).to.equal("AssemblyBatchDone");
    });
  });
});
