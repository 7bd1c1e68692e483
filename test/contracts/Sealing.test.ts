import { expect } from "chai";
import { type Contract, TypedDataEncoder, id } from "ethers";
import {
  FORM,
  type Message,
  leafOf,
  makeEnvelope,
  sheetDigest,
  signHash,
  signingHash,
} from "../../scripts/bench/chain/ballots.ts";
import {
  type Community,
  attest,
  deployCommunity,
  domainOf,
  parseType,
} from "../../scripts/bench/chain/community.ts";
import { convene } from "../../scripts/bench/chain/meeting.ts";
import {
  KIND,
  type Voter,
  bindPage,
  freezeRoll,
  makeVoters,
} from "../../scripts/bench/chain/roll.ts";
import { eventOf, keepChain, refusalOf, send, setTime } from "./chain.ts";
import { sealPaper } from "./paper.ts";

const SEAL_TYPE = "Seal(uint256 meeting,bytes32 leaf,uint256 nonce)";
const REVOKE_TYPE = "Revoke(uint256 roll,uint256 page,uint256 position)";
const OWN = 0n;
const PAPER = 1n;
const BY_VOTER = 128n;

type Place = { page: number; position: number };

describe("Assembly sealing", () => {
  const wallets = makeVoters(10, KIND.secp256k1).slice(0, 5);
  const passkeys = makeVoters(10, KIND.p256).slice(5);
  let community: Community;
  let assembly: Contract;
  let fields: Awaited<ReturnType<typeof convene>>;
  let domain: Awaited<ReturnType<typeof domainOf>>;
  let restore: () => Promise<void>;

  before(async () => {
    community = await deployCommunity();
    ({ assembly } = community);
    const { roll } = await freezeRoll(community, [...wallets, ...passkeys]);
    await bindPage(community, roll, wallets);
    await bindPage(community, roll, passkeys);
    fields = await convene(community, roll, { items: [5] });
    domain = await domainOf(assembly);
    restore = await keepChain(community);
  });
  beforeEach(async () => {
    await restore();
    await setTime(community, fields.opensAt);
  });

  const seal = (root: string, count: number, by: unknown = assembly) =>
    send(by, "seal", fields.meeting, root, count);
  const commitment = (batch: number): Promise<string> =>
    assembly.getFunction("commitment")(fields.meeting, batch);
  const withOrigin = (root: string, origin: bigint) => (BigInt(root) & ~255n) | origin;

  describe("seal", () => {
    it("keeps the root of a relayer's batch, numbered from 0", async () => {
      for (const batch of [0, 1]) {
        const root = id(`batch ${batch}`);
        const event = await eventOf("BatchSealed", seal(root, batch === 0 ? 1 : 256));
        expect([event!["batch"], event!["root"]]).to.deep.equal([BigInt(batch), root]);
        expect(BigInt(await commitment(batch))).to.equal(withOrigin(root, OWN));
      }
      expect(await refusalOf(commitment(2))).to.equal("AssemblyBatchUnknown");
    });

    it("refuses whoever is no relayer", async () => {
      for (const signer of [community.outsider, community.officers.registrar]) {
        const name = await refusalOf(seal(id("root"), 1, assembly.connect(signer)));
        expect(name).to.equal("AssemblyNotRelayer");
      }
    });

    it("refuses before opening, at the end, and for no meeting", async () => {
      await restore();
      await setTime(community, fields.opensAt - 1);
      expect(await refusalOf(seal(id("root"), 1))).to.equal("AssemblyVotingNotOpen");
      await setTime(community, fields.closesAt - 1);
      await seal(id("root"), 1);
      await setTime(community, fields.closesAt);
      expect(await refusalOf(seal(id("root"), 1))).to.equal("AssemblyVotingClosed");
      const sent = send(assembly, "seal", fields.meeting + 1n, id("root"), 1);
      expect(await refusalOf(sent)).to.equal("AssemblyMeetingUnknown");
    });

    it("refuses no ballot and 257", async () => {
      for (const count of [0, 257]) {
        expect(await refusalOf(seal(id("root"), count))).to.equal("AssemblyBatchSizeInvalid");
      }
    });
  });

  describe("sealOwn", () => {
    const walletPlace: Place = { page: 0, position: 1 };
    const passkeyPlace: Place = { page: 1, position: 2 };
    const [wallet, passkey] = [wallets[1]!, passkeys[2]!];

    function signSeal(voter: Voter, place: Place, { leaf = id("leaf"), nonce = 0, form = 0 } = {}) {
      const value = { meeting: fields.meeting, leaf, nonce };
      const digest = TypedDataEncoder.hash(domain, parseType(SEAL_TYPE).types, value);
      const envelope = form === FORM.webauthn ? makeEnvelope(digest) : "0x";
      const signature = signHash(voter, signingHash(digest, { form, envelope, answers: 0 }));
      return { place, form, envelope, signature };
    }
    const sealOwn = (own: object, leaf = id("leaf")) =>
      send(assembly.connect(community.outsider), "sealOwn", fields.meeting, leaf, own);
    const again = (voter: Voter, place: Place, nonce: number) => {
      const leaf = id(`leaf ${nonce}`);
      return sealOwn(signSeal(voter, place, { leaf, nonce }), leaf);
    };

    it("takes a leaf by a wallet, a browser key and a passkey, sent by anybody", async () => {
      const seals = [
        signSeal(wallet, walletPlace),
        signSeal(passkey, passkeyPlace, { form: FORM.sha256 }),
        signSeal(passkeys[0]!, { page: 1, position: 0 }, { form: FORM.webauthn }),
      ];
      for (const [batch, own] of seals.entries()) {
        const event = await eventOf("BatchSealed", sealOwn(own));
        expect([event!["batch"], event!["origin"]]).to.deep.equal([BigInt(batch), BY_VOTER]);
        expect(BigInt(await commitment(batch))).to.equal(withOrigin(id("leaf"), BY_VOTER));
      }
    });

    it("takes three leaves of a voter and no fourth", async () => {
      for (const nonce of [0, 1, 2]) await again(wallet, walletPlace, nonce);
      expect(await refusalOf(again(wallet, walletPlace, 3))).to.equal("AssemblySealLimitReached");
      const seals = await assembly.getFunction("ownSeals")(fields.meeting, wallet.voter);
      expect(seals).to.equal(3n);
      await sealOwn(signSeal(wallets[2]!, { page: 0, position: 2 }));
    });

    it("refuses a seal that was used before, or one for later", async () => {
      const own = signSeal(wallet, walletPlace);
      await sealOwn(own);
      expect(await refusalOf(sealOwn(own))).to.equal("AssemblySealSignatureInvalid");
      const later = again(wallet, walletPlace, 2);
      expect(await refusalOf(later)).to.equal("AssemblySealSignatureInvalid");
    });

    it("refuses another leaf, another's key, another length and a broken envelope", async () => {
      const own = signSeal(wallet, walletPlace);
      const byPasskey = signSeal(passkey, passkeyPlace, { form: FORM.webauthn });
      const wrong: [object, string?][] = [
        [own, id("another leaf")],
        [signSeal(wallets[0]!, walletPlace)],
        [{ ...own, signature: `${own.signature}00` }],
        [{ ...own, signature: "0x" }],
        [{ ...byPasskey, envelope: makeEnvelope(id("another digest")) }],
        [{ ...byPasskey, envelope: "0xffff" }],
        [{ ...byPasskey, form: FORM.plain }],
      ];
      for (const [seals, leaf] of wrong) {
        expect(await refusalOf(sealOwn(seals, leaf))).to.equal("AssemblySealSignatureInvalid");
      }
      expect(await refusalOf(sealOwn({ ...own, form: 3 }))).to.equal("AssemblyFormUnknown");
    });

    it("refuses a revoked key, and one that is not bound", async () => {
      const { registry, officers } = community;
      const signers = [officers.registrar, officers.committee];
      const value = { roll: fields.roll, ...walletPlace };
      const attestations = await attest(registry, REVOKE_TYPE, value, signers);
      await send(registry, "revokeKey", fields.roll, walletPlace, attestations);
      const revoked = sealOwn(signSeal(wallet, walletPlace));
      expect(await refusalOf(revoked)).to.equal("AssemblyKeyRevoked");
      const unbound = sealOwn(signSeal(wallet, { page: 0, position: 5 }));
      expect(await refusalOf(unbound)).to.equal("RegistryKeyUnknown");
    });

    it("refuses before opening and at the end", async () => {
      const own = signSeal(wallet, walletPlace);
      await restore();
      await setTime(community, fields.opensAt - 1);
      expect(await refusalOf(sealOwn(own))).to.equal("AssemblyVotingNotOpen");
      await setTime(community, fields.closesAt);
      expect(await refusalOf(sealOwn(own))).to.equal("AssemblyVotingClosed");
    });

    async function sealGood(): Promise<{ place: Place; message: Message; signature: string }> {
      const digest = sheetDigest(domain, fields.meeting, [1]);
      const message: Message = { form: FORM.plain, answers: 1, envelope: "0x" };
      const signature = signHash(wallet, digest);
      const { page, position } = walletPlace;
      const leaf = leafOf(page, position, digest, signature);
      await sealOwn(signSeal(wallet, walletPlace, { leaf }), leaf);
      return { place: walletPlace, message, signature };
    }

    it("is counted when the voter opens it alone, and does not hold up the count", async () => {
      const ballot = await sealGood();
      await setTime(community, fields.closesAt + fields.paperSeconds);
      const by = assembly.connect(community.outsider);
      const sent = send(by, "openBallot", fields.meeting, 0, ballot, []);
      const event = await eventOf("BallotCounted", sent);
      expect(event!["voter"]).to.equal(BigInt(wallet.voter));
      const deadline = fields.closesAt + fields.paperSeconds + fields.revealSeconds;
      await setTime(community, deadline);
      await send(by, "lapse", fields.meeting, 0);
      await send(by, "conclude", fields.meeting);
      const tally = await assembly.getFunction("tally")(fields.meeting, 0, 0);
      expect(tally).to.equal(((1n << 48n) | wallet.areaE4) << 64n);
    });

    it("lapses without an hour of its own", async () => {
      for (const nonce of [0, 1, 2]) await again(wallet, walletPlace, nonce);
      await setTime(community, fields.closesAt + fields.paperSeconds + fields.revealSeconds);
      for (const batch of [2, 1, 0]) await send(assembly, "lapse", fields.meeting, batch);
      await send(assembly, "conclude", fields.meeting);
    });
  });

  describe("sealPaper", () => {
    const batch = { root: id("paper"), count: 7 };
    const sealBy = (changes = {}, signers?: Community["officers"]["registrar"][]) =>
      sealPaper(community, fields.meeting, { ...batch, ...changes }, signers);

    it("takes a batch by two tellers, until the time for paper has passed", async () => {
      const end = fields.closesAt + fields.paperSeconds;
      await setTime(community, end - 1);
      await sealBy();
      expect(BigInt(await commitment(0))).to.equal(withOrigin(batch.root, PAPER));
      await setTime(community, end);
      const name = await refusalOf(sealBy({ root: id("late") }));
      expect(name).to.equal("AssemblyPaperClosed");
    });

    it("refuses before opening", async () => {
      await restore();
      await setTime(community, fields.opensAt - 1);
      expect(await refusalOf(sealBy())).to.equal("AssemblyVotingNotOpen");
    });

    it("refuses the same teller twice, and who is no teller", async () => {
      const { firstTeller, secondTeller, registrar } = community.officers;
      const twice = sealBy({}, [firstTeller, firstTeller]);
      expect(await refusalOf(twice)).to.equal("RegistrySameOfficer");
      for (const signers of [
        [registrar, secondTeller],
        [firstTeller, community.outsider],
      ]) {
        expect(await refusalOf(sealBy({}, signers))).to.equal("RegistryRoleMissing");
      }
    });

    it("refuses a batch sealed before, also with the tellers the other way round", async () => {
      const { firstTeller, secondTeller } = community.officers;
      await sealBy();
      for (const signers of [
        [firstTeller, secondTeller],
        [secondTeller, firstTeller],
      ]) {
        expect(await refusalOf(sealBy({}, signers))).to.equal("AssemblyPaperAlreadySealed");
      }
    });

    it("refuses no ballot and 257, though the tellers signed them", async () => {
      for (const count of [0, 257]) {
        expect(await refusalOf(sealBy({ count }))).to.equal("AssemblyBatchSizeInvalid");
      }
    });
  });
});
