import { p256 } from "@noble/curves/nist.js";
import { expect } from "chai";
import {
  type Contract,
  Signature,
  type Signer,
  TypedDataEncoder,
  concat,
  getBytes,
  hexlify,
  id,
  keccak256,
  sha256,
} from "ethers";
import { ROLE } from "../../protocol/registry/messages.ts";
import { attest, domainOf, parseType } from "../../scripts/bench/chain/community.ts";
import {
  type Claim,
  FUND_TYPES,
  approve,
  bothOf,
  call,
  describeRelease,
  describeTerms,
  judge,
  release,
  reserve,
  reserveEmergency,
  signFund,
  submit,
  withdraw,
} from "../../scripts/bench/chain/fund.ts";
import { KIND, publicKeyOf } from "../../scripts/bench/chain/roll.ts";
import { eventOf, keepChain, refusalOf } from "./chain.ts";
import { type FundCase, MOTION, makeFundCase } from "./fundCase.ts";

const OFFICER_TYPE = "Officer(bytes signer,uint8 roles,uint256 nonce)";
const STATES = ["open", "submitted", "accepted", "paid"];

describe("Fund: payments", () => {
  let community: FundCase;
  let fund: Contract;
  let reservation: bigint;
  let restore: () => Promise<void>;

  before(async () => {
    community = await makeFundCase();
    ({ fund } = community);
    reservation = await reserve(community, community.terms, {
      meeting: community.meeting,
      motion: MOTION.adopted,
    });
    restore = await keepChain(community);
  });
  beforeEach(() => restore());

  const place = (milestone = 0) => ({ reservation, terms: community.terms, milestone });
  const two = (): Signer[] => [community.officers.firstApprover, community.officers.thirdApprover];
  const stateOf = async ({ milestone }: { milestone: number } = { milestone: 0 }) =>
    STATES[Number(await fund.getFunction("milestoneState")(reservation, milestone))];
  const paidOf = () => fund.getFunction("paidOf")(reservation);

  async function accept(milestone = 0): Promise<Claim> {
    const claim = await submit(community, place(milestone));
    await judge(community, claim);
    return claim;
  }

  async function setRoles(signer: string, roles: number): Promise<void> {
    const { registry } = community;
    const nonce = (await registry.getFunction("officerNonce")()) as bigint;
    const value = { signer, roles, nonce };
    const attestations = await attest(registry, OFFICER_TYPE, value, bothOf(community));
    await call(registry, "setOfficer", signer, roles, attestations);
  }

  describe("release", () => {
    it("pays an accepted claim by two of three approvers and says who they were", async () => {
      const claim = await accept();
      const [first, third] = two();
      const event = await eventOf("PaymentReleased", release(community, claim, [first!, third!]));
      expect(event?.claim).to.equal(claim.claim);
      expect(event?.amount).to.equal(claim.amount);
      const ids = [await first!.getAddress(), await third!.getAddress()].map((each) =>
        keccak256(each),
      );
      expect([...event!.approvers]).to.deep.equal(ids);
      expect(await stateOf()).to.equal("paid");
      expect(await paidOf()).to.equal(claim.amount);
      const kept = await fund.getFunction("getClaim")(claim.claim);
      expect([kept.amount, kept.isAccepted]).to.deep.equal([0n, false]);
    });

    it("takes more approvals than are asked for", async () => {
      const { secondApprover } = community.officers;
      await release(community, await accept(), [...two(), secondApprover]);
      expect(await stateOf()).to.equal("paid");
    });

    const unaccepted: [string, () => Promise<Claim>][] = [
      ["not there", async () => ({ ...(await submit(community, place())), claim: 9n })],
      ["submitted", () => submit(community, place())],
      [
        "rejected",
        async () => {
          const claim = await submit(community, place());
          await judge(community, claim, false);
          return claim;
        },
      ],
      [
        "withdrawn",
        async () => {
          const claim = await accept();
          await withdraw(community, claim);
          return claim;
        },
      ],
      [
        "submitted again after a rejection",
        async () => {
          const claim = await submit(community, place());
          await judge(community, claim, false);
          return submit(community, place());
        },
      ],
      [
        "paid",
        async () => {
          const claim = await accept();
          await release(community, claim, two());
          return claim;
        },
      ],
    ];
    for (const [name, prepare] of unaccepted) {
      it(`refuses a claim that is ${name}`, async () => {
        const paying = release(community, await prepare(), two());
        expect(await refusalOf(paying)).to.equal("FundClaimNotAccepted");
      });
    }

    it("refuses a replay of a whole payment", async () => {
      const receipt = await release(community, await accept(), two());
      const { data } = (await community.ethers.provider.getTransaction(receipt.hash))!;
      const replayed = community.officers.relayer.sendTransaction({ to: fund, data });
      expect(await refusalOf(replayed)).to.equal("FundClaimNotAccepted");
    });

    it("refuses approvals of a claim that was withdrawn and submitted again as it was", async () => {
      const claim = await accept();
      const signatures = await approve(community, claim, two());
      await withdraw(community, claim);
      const again = await submit(community, place(), { invoice: claim.invoice });
      await judge(community, again);
      const sent = call(fund, "release", again.claim, signatures, []);
      expect(await refusalOf(sent)).to.equal("FundRoleMissing");
    });

    const otherMessages: [string, (claim: Claim) => Partial<ReturnType<typeof describeRelease>>][] =
      [
        ["another payee", () => ({ payee: "另一家公司" })],
        ["another account", () => ({ accountTail: "0001" })],
        ["another amount", () => ({ amountYuan: "60000.01" })],
        ["another invoice", () => ({ invoice: id("another") })],
        ["another milestone", () => ({ milestone: 1 })],
        ["another title", () => ({ title: "第 9 期" })],
        ["another reservation", () => ({ reservation: 2n })],
      ];
    for (const [name, change] of otherMessages) {
      it(`refuses an approval that was signed for ${name}`, async () => {
        const claim = await accept();
        const value = { ...describeRelease(claim), ...change(claim) };
        const [first, third] = two();
        const [signed] = await signFund(community, "Release", value, [third!]);
        const { r, yParityAndS } = Signature.from(signed!.signature);
        const right = await approve(community, claim, [first!]);
        const sent = call(fund, "release", claim.claim, [...right, { r, vs: yParityAndS }], []);
        expect(await refusalOf(sent)).to.equal("FundRoleMissing");
      });
    }

    it("refuses an approval that was signed for another community's fund", async () => {
      const claim = await accept();
      const other = await community.ethers.deployContract("Fund", [community.assembly]);
      const foreign = await approve({ ...community, fund: other }, claim, two());
      const sent = call(fund, "release", claim.claim, foreign, []);
      expect(await refusalOf(sent)).to.equal("FundRoleMissing");
    });

    it("refuses fewer approvals than the reservation asks for, or none", async () => {
      const claim = await accept();
      const one = release(community, claim, [community.officers.firstApprover]);
      expect(await refusalOf(one)).to.equal("FundApprovalsTooFew");
      expect(await refusalOf(release(community, claim, []))).to.equal("FundApprovalsTooFew");
    });

    it("asks for as many approvals as the rules asked for when the money was reserved", async () => {
      const rules = { approvals: 3, overrunBasisPoints: 0, record: id("rules") };
      const nonce = (await fund.getFunction("accountNonce")(0)) as bigint;
      const attestations = await signFund(
        community,
        "Configure",
        { fund: 0, ...rules, nonce },
        bothOf(community),
      );
      await call(fund, "configure", 0, rules, attestations);
      await release(community, await accept(), two());
      const later = describeTerms({ budget: 100n }, [100n]);
      const number = await reserveEmergency(community, later);
      const claim = await submit(community, { reservation: number, terms: later, milestone: 0 });
      await judge(community, claim);
      expect(await refusalOf(release(community, claim, two()))).to.equal("FundApprovalsTooFew");
      await release(community, claim, [...two(), community.officers.secondApprover]);
    });

    it("refuses one approver twice", async () => {
      const { firstApprover } = community.officers;
      const sent = release(community, await accept(), [firstApprover, firstApprover]);
      expect(await refusalOf(sent)).to.equal("FundApproverTwice");
    });

    it("refuses one approver twice, once as a recovered signature and once as an attestation", async () => {
      const claim = await accept();
      const { firstApprover } = community.officers;
      const attestations = await signFund(community, "Release", describeRelease(claim), [
        firstApprover,
      ]);
      const signatures = await approve(community, claim, [firstApprover]);
      const sent = call(fund, "release", claim.claim, signatures, attestations);
      expect(await refusalOf(sent)).to.equal("FundApproverTwice");
    });

    it("refuses the author, though the author is an approver", async () => {
      const { author, firstApprover } = community.officers;
      const sent = release(community, await accept(), [firstApprover, author]);
      expect(await refusalOf(sent)).to.equal("FundAuthorActs");
    });

    it("refuses officers without the role, and outsiders", async () => {
      const claim = await accept();
      for (const signer of [community.officers.committee, community.outsider]) {
        const sent = release(community, claim, [community.officers.firstApprover, signer]);
        expect(await refusalOf(sent)).to.equal("FundRoleMissing");
      }
    });

    it("refuses an approver who was revoked after signing", async () => {
      const claim = await accept();
      const signatures = await approve(community, claim, two());
      await setRoles(await community.officers.thirdApprover.getAddress(), 0);
      const sent = call(fund, "release", claim.claim, signatures, []);
      expect(await refusalOf(sent)).to.equal("FundRoleMissing");
    });

    it("refuses a signature that recovers nobody", async () => {
      const claim = await accept();
      const [right] = await approve(community, claim, two());
      const sent = call(
        fund,
        "release",
        claim.claim,
        [right, { r: id("r"), vs: "0x" + "7f".repeat(32) }],
        [],
      );
      expect(await refusalOf(sent)).to.equal("FundSignatureInvalid");
    });

    it("takes the approval of a key behind a verifier contract, and refuses it altered", async () => {
      const claim = await accept();
      const verifier = await community.ethers.deployContract("WebCryptoVerifier");
      const secret = getBytes(id("approver's key"));
      const signer = concat([await verifier.getAddress(), publicKeyOf(KIND.p256, secret)]);
      await setRoles(signer, ROLE.approver);
      const { types } = parseType(FUND_TYPES.Release);
      const digest = TypedDataEncoder.hash(await domainOf(fund), types, describeRelease(claim));
      const signed = p256.sign(getBytes(sha256(digest)), secret, { prehash: false, lowS: true });
      const [wallet] = await approve(community, claim, two());
      const by = (signature: Uint8Array) =>
        call(fund, "release", claim.claim, [wallet], [{ signer, signature: hexlify(signature) }]);
      const altered = Uint8Array.from(signed, (byte, i) => (i === 40 ? byte ^ 1 : byte));
      expect(await refusalOf(by(altered))).to.equal("FundSignatureInvalid");
      await by(signed);
      expect(await stateOf()).to.equal("paid");
    });
  });
});
