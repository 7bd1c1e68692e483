import { secp256k1 } from "@noble/curves/secp256k1.js";
import { p256 } from "@noble/curves/nist.js";
import { expect } from "chai";
import { type Contract, concat, dataSlice, id, toBeHex } from "ethers";
import {
  FORM,
  type Message,
  leafOf,
  makeEnvelope,
  packAnswers,
  paperDigest,
  sheetDigest,
  signHash,
  signingHash,
} from "../../scripts/bench/chain/ballots.ts";
import {
  type Community,
  attest,
  deployCommunity,
  domainOf,
} from "../../scripts/bench/chain/community.ts";
import {
  type Batch,
  type Cast,
  convene,
  makeBatch,
  sealBatch,
  toBatch,
} from "../../scripts/bench/chain/meeting.ts";
import {
  KIND,
  type Voter,
  bindPage,
  freezeRoll,
  makeVoters,
} from "../../scripts/bench/chain/roll.ts";
import { eventOf, keepChain, refusalOf, send, setTime } from "./chain.ts";

const REVOKE_TYPE = "Revoke(uint256 roll,uint256 page,uint256 position)";
const [FOR, AGAINST] = [1, 2];

type Fields = Awaited<ReturnType<typeof convene>>;
type Forged = { place: [number, number]; message: Message; signature: string };

describe("Assembly opening", () => {
  const wallets = makeVoters(10, KIND.secp256k1).slice(0, 5);
  const passkeys = makeVoters(10, KIND.p256).slice(5);
  // Bound, but beyond the roll.
  const stranger: Voter = { ...makeVoters(1, KIND.secp256k1, "stranger")[0]!, voter: 10 };
  let community: Community;
  let assembly: Contract;
  let fields: Fields;
  let digest: string;
  let restore: () => Promise<void>;

  before(async () => {
    community = await deployCommunity();
    ({ assembly } = community);
    const { roll } = await freezeRoll(community, [...wallets, ...passkeys]);
    await bindPage(community, roll, [...wallets, stranger]);
    await bindPage(community, roll, passkeys);
    fields = await convene(community, roll, { items: [5] });
    digest = sheetDigest(await domainOf(assembly), fields.meeting, [FOR]);
    await setTime(community, fields.opensAt);
    restore = await keepChain(community);
  });
  const again = async () => {
    await restore();
    await setTime(community, fields.opensAt + 1);
  };
  beforeEach(again);

  const wallet = (i: number, answers = [FOR]): Cast => ({
    voter: wallets[i]!,
    answers,
    form: FORM.plain,
    page: 0,
    position: i,
  });
  const seal = async (casts: Cast[], meeting = fields.meeting) => {
    const batch = await makeBatch(community, meeting, casts);
    await sealBatch(community, fields.meeting, batch);
    return batch;
  };
  const startCount = () => setTime(community, fields.closesAt + fields.paperSeconds);
  const open = (number: number, { messages, groups }: Pick<Batch, "messages" | "groups">) =>
    eventOf("BatchCounted", send(assembly, "openBatch", fields.meeting, number, messages, groups));
  const codesOf = async (sent: ReturnType<typeof open>) => (await sent)!["codes"] as string;
  const lapse = (number: number) =>
    send(assembly.connect(community.outsider), "lapse", fields.meeting, number);

  /** Seals and opens one ballot made by hand, and gives its code. */
  async function judge({ place: [page, position], message, signature }: Forged) {
    const isSheet = message.answers === FOR;
    const sheet = isSheet ? digest : paperDigest(fields.meeting, message.answers);
    const leaf = leafOf(page, position, signingHash(sheet, message), signature);
    const batch = toBatch([message], [{ page, position, message: 0, signature, leaf }]);
    await sealBatch(community, fields.meeting, batch);
    await startCount();
    return codesOf(open(0, batch));
  }

  const plain: Message = { form: FORM.plain, answers: FOR, envelope: "0x" };
  const browser: Message = { form: FORM.sha256, answers: FOR, envelope: "0x" };

  describe("gives each ballot its code", () => {
    it("1 to a good one of every form", async () => {
      const signature = signHash(wallets[0]!, digest);
      expect(await judge({ place: [0, 0], message: plain, signature })).to.equal("0x01");
      for (const form of [FORM.sha256, FORM.webauthn]) {
        await again();
        const envelope = form === FORM.webauthn ? makeEnvelope(digest) : "0x";
        const message = { form, answers: FOR, envelope };
        const signed = signHash(passkeys[0]!, signingHash(digest, message));
        const code = await judge({ place: [1, 0], message, signature: signed });
        expect(code).to.equal("0x01");
      }
    });

    it("2 where the position is beyond the page, or the voter beyond the roll", async () => {
      const signature = signHash(wallets[0]!, digest);
      expect(await judge({ place: [0, 6], message: plain, signature })).to.equal("0x02");
      await again();
      const signed = signHash(stranger, digest);
      expect(await judge({ place: [0, 5], message: plain, signature: signed })).to.equal("0x02");
    });

    it("3 where the key was revoked", async () => {
      const { registry, officers } = community;
      const value = { roll: fields.roll, page: 0, position: 1 };
      const signers = [officers.registrar, officers.committee];
      const attestations = await attest(registry, REVOKE_TYPE, value, signers);
      await send(registry, "revokeKey", fields.roll, { page: 0, position: 1 }, attestations);
      const batch = await seal([wallet(0), wallet(1)]);
      await startCount();
      expect(await codesOf(open(0, batch))).to.equal("0x0103");
    });

    it("4 where the ballot is of another meeting", async () => {
      const other = sheetDigest(await domainOf(assembly), fields.meeting + 1n, [FOR]);
      const signature = signHash(wallets[0]!, other);
      expect(await judge({ place: [0, 0], message: plain, signature })).to.equal("0x04");
    });

    it("4 where another voter's key signed", async () => {
      const signature = signHash(wallets[1]!, digest);
      expect(await judge({ place: [0, 0], message: plain, signature })).to.equal("0x04");
    });

    it("4 where s of a P-256 signature is high", async () => {
      const signature = signHash(passkeys[0]!, signingHash(digest, browser));
      const s = p256.Point.Fn.ORDER - BigInt(dataSlice(signature, 32, 64));
      const high = concat([dataSlice(signature, 0, 32), toBeHex(s, 32), dataSlice(signature, 64)]);
      const code = await judge({ place: [1, 0], message: browser, signature: high });
      expect(code).to.equal("0x04");
    });

    it("4 where a wallet's signature is malleated or its parity turned", async () => {
      const signature = signHash(wallets[0]!, digest);
      const [r, vs] = [dataSlice(signature, 0, 32), BigInt(dataSlice(signature, 32))];
      const parity = vs >> 255n;
      const s = vs & (2n ** 255n - 1n);
      // EIP-2098 has no room for a high s: its top bit is read as the parity.
      const high = secp256k1.Point.Fn.ORDER - s;
      for (const word of [high, vs ^ (1n << 255n), high ^ (parity << 255n)]) {
        await again();
        const malleated = concat([r, toBeHex(word, 32)]);
        const code = await judge({ place: [0, 0], message: plain, signature: malleated });
        expect(code).to.equal("0x04");
      }
    });

    const spoiled: [string, Parameters<typeof makeEnvelope>[1]][] = [
      ["another type", { type: "webauthn.create" }],
      ["another challenge", { challenge: id("another") }],
      ["a user who was not present", { flags: 0x04 }],
      ["a user who was not verified", { flags: 0x01 }],
      ["a backup that cannot be", { flags: 0x15 }],
    ];
    for (const [name, change] of spoiled) {
      it(`4 where a passkey's assertion has ${name}`, async () => {
        const message = {
          form: FORM.webauthn,
          answers: FOR,
          envelope: makeEnvelope(digest, change),
        };
        const signature = signHash(passkeys[0]!, signingHash(digest, message));
        expect(await judge({ place: [1, 0], message, signature })).to.equal("0x04");
      });
    }

    it("5 where an answer is no option or there are too many", async () => {
      for (const answers of [0, packAnswers([FOR, FOR]), 2 ** 32 - 1]) {
        await again();
        const message = { ...plain, answers };
        const signature = signHash(wallets[0]!, paperDigest(fields.meeting, answers));
        expect(await judge({ place: [0, 0], message, signature })).to.equal("0x05");
      }
    });

    it("6 where the same leaf comes once more, in the same batch or in another", async () => {
      const once = await makeBatch(community, fields.meeting, [wallet(0)]);
      const twice = toBatch(once.messages, [...once.ballots, ...once.ballots]);
      await sealBatch(community, fields.meeting, once);
      await sealBatch(community, fields.meeting, twice);
      await startCount();
      expect(await codesOf(open(1, twice))).to.equal("0x0106");
      expect(await codesOf(open(0, once))).to.equal("0x06");
      expect(await assembly.getFunction("tally")(fields.meeting, 0, 0)).to.equal(
        ((1n << 48n) | wallets[0]!.areaE4) << 64n,
      );
    });
  });

  describe("refuses a batch", () => {
    it("with other content or fewer ballots than were sealed", async () => {
      const batch = await seal([wallet(0), wallet(1)]);
      const other = await makeBatch(community, fields.meeting, [wallet(0), wallet(2)]);
      const fewer = await makeBatch(community, fields.meeting, [wallet(0)]);
      const changed = { ...batch, messages: [{ ...batch.messages[0]!, answers: AGAINST }] };
      await startCount();
      for (const wrong of [other, fewer, changed]) {
        expect(await refusalOf(open(0, wrong))).to.equal("AssemblyRootDiffers");
      }
      await open(0, batch);
      expect(await refusalOf(open(0, batch))).to.equal("AssemblyBatchDone");
    });

    it("whose ballots stand in another order, or whose pages do", async () => {
      const batch = await seal([wallet(0), wallet(1)]);
      const [group] = batch.groups as [Batch["groups"][number]];
      const half = 3 + 64;
      const swapped = concat([dataSlice(group.ballots, half), dataSlice(group.ballots, 0, half)]);
      const split = [0, half].map((at) => ({
        page: 0,
        ballots: dataSlice(group.ballots, at, at + half),
      }));
      await startCount();
      for (const groups of [[{ page: 0, ballots: swapped }], split]) {
        const name = await refusalOf(open(0, { ...batch, groups }));
        expect(name).to.equal("AssemblyBallotsUnsorted");
      }
    });

    it("of broken bytes, of none, and one that is not there", async () => {
      const batch = await seal([wallet(0)]);
      const { ballots } = batch.groups[0]!;
      await startCount();
      for (const bytes of ["0x", dataSlice(ballots, 1), concat([ballots, "0x00"])]) {
        const name = await refusalOf(open(0, { ...batch, groups: [{ page: 0, ballots: bytes }] }));
        expect(name).to.equal("AssemblyBallotsMalformed");
      }
      expect(await refusalOf(open(0, { ...batch, groups: [] }))).to.equal(
        "AssemblyBatchSizeInvalid",
      );
      expect(await refusalOf(open(1, batch))).to.equal("AssemblyBatchUnknown");
      const asPaper = send(assembly, "openPaper", fields.meeting, 0, [FOR], "0x");
      expect(await refusalOf(asPaper)).to.equal("AssemblyOriginDiffers");
    });
  });

  describe("lapses", () => {
    it("a batch that nobody can open, in its turn and not before its time", async () => {
      const batch = await seal([wallet(0)]);
      await send(assembly, "seal", fields.meeting, id("garbage"), 3);
      const deadline = fields.closesAt + fields.paperSeconds + fields.revealSeconds;
      await setTime(community, deadline - 1);
      expect(await refusalOf(lapse(1))).to.equal("AssemblyLapseTooEarly");
      await setTime(community, deadline);
      expect(await refusalOf(lapse(0))).to.equal("AssemblyBatchNotNext");
      await lapse(1);
      await setTime(community, deadline + 3_599);
      expect(await refusalOf(lapse(0))).to.equal("AssemblyLapseTooEarly");
      expect(await codesOf(open(0, batch))).to.equal("0x01");
      await send(assembly, "conclude", fields.meeting);
      expect((await assembly.getFunction("getMeeting")(fields.meeting)).lapsed).to.equal(1n);
    });
  });
});
