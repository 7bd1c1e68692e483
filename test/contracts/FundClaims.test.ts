import { expect } from "chai";
import { type Contract, type Signer, TypedDataEncoder, id } from "ethers";
import { domainOf, parseType } from "../../scripts/bench/chain/community.ts";
import {
  type Claim,
  FUND_TYPES,
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

import { keepChain, refusalOf } from "./chain.ts";
import { type FundCase, MOTION, makeFundCase } from "./fundCase.ts";

const STATES = ["open", "submitted", "accepted", "paid"];

describe("Fund: claims", () => {
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

  describe("submit", () => {
    it("numbers the claims and keeps what approvers will sign", async () => {
      const first = await submit(community, place(0));
      const second = await submit(community, place(1), { amount: 1n });
      expect([first.claim, second.claim]).to.deep.equal([1n, 2n]);
      expect(await stateOf()).to.equal("submitted");
      const { types } = parseType(FUND_TYPES.Release);
      const digest = TypedDataEncoder.hash(await domainOf(fund), types, describeRelease(first));
      expect(await fund.getFunction("releaseDigest")(first.claim)).to.equal(digest);
      const kept = await fund.getFunction("getClaim")(second.claim);
      expect([kept.amount, kept.approvals, kept.isAccepted]).to.deep.equal([1n, 2n, false]);
      expect(await fund.getFunction("claimOf")(reservation, 1)).to.equal(second.claim);
    });

    const refused: [string, string, () => Promise<unknown>][] = [
      [
        "another payee",
        "FundTermsDiffer",
        () => {
          const payee = { ...community.terms.plan.payee, name: "另一家公司" };
          return submit(community, { ...place(), terms: describeTerms({ payee }) });
        },
      ],
      [
        "another account of the payee",
        "FundTermsDiffer",
        () => {
          const payee = { ...community.terms.plan.payee, accountTail: "0001" };
          return submit(community, { ...place(), terms: describeTerms({ payee }) });
        },
      ],
      [
        "larger milestones",
        "FundTermsDiffer",
        () => submit(community, { ...place(), terms: describeTerms({}, [9_000_000n, 1_000_000n]) }),
      ],
      [
        "more than the milestone",
        "FundClaimAmountInvalid",
        () => submit(community, place(), { amount: 6_000_001n }),
      ],
      ["nothing", "FundClaimAmountInvalid", () => submit(community, place(), { amount: 0n })],
      ["a milestone that is not there", "FundMilestoneUnknown", () => submit(community, place(2))],
      [
        "a reservation that is not there",
        "FundReservationUnknown",
        async () => {
          const [attestation] = await signFund(
            community,
            "Release",
            describeRelease(await accept()),
            two(),
          );
          const submission = { milestone: 0, amount: 1n, invoice: id("i"), record: id("r") };
          return call(fund, "submit", 9n, community.terms, submission, attestation);
        },
      ],
      [
        "an officer of another role",
        "FundRoleMissing",
        () => submit(community, place(), { author: community.officers.firstApprover }),
      ],
      [
        "somebody who is no officer",
        "FundRoleMissing",
        () => submit(community, place(), { author: community.outsider }),
      ],
      [
        "an invoice that waits",
        "FundInvoiceUsed",
        async () => {
          const { invoice } = await submit(community, place(0));
          return submit(community, place(1), { invoice });
        },
      ],
      [
        "an invoice that was paid",
        "FundInvoiceUsed",
        async () => {
          const claim = await accept();
          await release(community, claim, two());
          return submit(community, place(1), { invoice: claim.invoice });
        },
      ],
      [
        "an invoice that another project uses",
        "FundInvoiceUsed",
        async () => {
          const { invoice } = await accept();
          const terms = describeTerms({ budget: 100n }, [100n]);
          const other = await reserveEmergency(community, terms);
          return submit(community, { reservation: other, terms, milestone: 0 }, { invoice });
        },
      ],
    ];
    for (const [name, error, act] of refused) {
      it(`refuses ${name}`, async () => {
        expect(await refusalOf(act())).to.equal(error);
      });
    }

    it("refuses a signature that the author gave for another amount", async () => {
      const record = id("invoice record");
      const invoice = id("invoice");
      const said = { reservation, milestone: 0, claim: 1n, title: "第 1 期", invoice, record };
      const value = { ...said, amountYuan: "1.00" };
      const [attestation] = await signFund(community, "Submit", value, [community.officers.author]);
      const submission = { milestone: 0, amount: 101n, invoice, record };
      const sent = call(fund, "submit", reservation, community.terms, submission, attestation);
      expect(await refusalOf(sent)).to.equal("FundSignatureInvalid");
    });
  });

  describe("judge and withdraw", () => {
    it("opens a rejected milestone again, and its invoice with it", async () => {
      const claim = await submit(community, place());
      await judge(community, claim, false);
      expect(await stateOf()).to.equal("open");
      const again = await submit(community, place(), { invoice: claim.invoice });
      expect(again.claim).to.equal(2n);
    });

    it("takes an accepted claim back, and it can be submitted anew with the right amount", async () => {
      const wrong = await accept();
      await withdraw(community, wrong);
      expect(await stateOf()).to.equal("open");
      const right = await submit(community, place(), {
        amount: 5_900_000n,
        invoice: wrong.invoice,
      });
      await judge(community, right);
      await release(community, right, two());
      expect(await paidOf()).to.equal(5_900_000n);
    });

    it("refuses the author as a judge, in any role", async () => {
      const claim = await submit(community, place());
      const { registrar, author } = community.officers;
      const judged = judge(community, claim, true, [registrar, author]);
      expect(await refusalOf(judged)).to.equal("FundAuthorActs");
      await judge(community, claim);
      expect(await refusalOf(withdraw(community, claim, [registrar, author]))).to.equal(
        "FundAuthorActs",
      );
    });

    it("refuses two judges of one kind", async () => {
      const claim = await submit(community, place());
      const { committee, firstApprover } = community.officers;
      const judged = judge(community, claim, true, [firstApprover, committee]);
      expect(await refusalOf(judged)).to.equal("RegistryRoleMissing");
    });

    it("refuses a judgement of a claim that was rejected and submitted again", async () => {
      const claim = await submit(community, place());
      await judge(community, claim, false);
      await submit(community, place(), { invoice: claim.invoice });
      expect(await refusalOf(judge(community, claim))).to.equal("RegistryAttestationInvalid");
    });

    it("refuses a rejection that was signed as an acceptance, and another invoice", async () => {
      const claim = await submit(community, place());
      const other = { ...claim, invoice: id("another") };
      expect(await refusalOf(judge(community, other))).to.equal("FundInvoiceDiffers");
      const { invoice } = claim;
      const record = id("acceptance");
      const said = { claim: 1n, invoice, record };
      const value = { ...said, amountYuan: "60000.00", isAccepted: false };
      const attestations = await signFund(community, "Judge", value, bothOf(community));
      const turned = call(
        fund,
        "judge",
        { reservation, milestone: 0, invoice },
        true,
        record,
        attestations,
      );
      expect(await refusalOf(turned)).to.equal("RegistryAttestationInvalid");
    });

    it("judges what was submitted and withdraws what was accepted, nothing else", async () => {
      const claim = await submit(community, place());
      expect(await refusalOf(withdraw(community, claim))).to.equal("FundMilestoneStateDiffers");
      await judge(community, claim);
      expect(await refusalOf(judge(community, claim))).to.equal("FundMilestoneStateDiffers");
      await release(community, claim, two());
      expect(await refusalOf(judge(community, claim, false))).to.equal("FundMilestoneStateDiffers");
      expect(await refusalOf(withdraw(community, claim))).to.equal("FundMilestoneStateDiffers");
      const open = { ...claim, milestone: 1 };
      expect(await refusalOf(judge(community, open))).to.equal("FundMilestoneStateDiffers");
    });
  });
});
