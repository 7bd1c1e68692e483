import { expect } from "chai";
import { type Contract, id } from "ethers";
import {
  bothOf,
  call,
  configure,
  credit,
  judge,
  release,
  reserve,
  settle,
  signFund,
  submit,
  withdraw,
} from "../../scripts/bench/chain/fund.ts";
import { keepChain, refusalOf } from "./chain.ts";
import { CREDITED, type FundCase, MOTION, makeFundCase } from "./fundCase.ts";

const BUDGET = 10_000_000n;

describe("Fund: accounts and settlements", () => {
  let community: FundCase;
  let fund: Contract;
  let restore: () => Promise<void>;

  before(async () => {
    community = await makeFundCase();
    ({ fund } = community);
    restore = await keepChain(community);
  });
  beforeEach(() => restore());

  const accountOf = (number: number) => fund.getFunction("getAccount")(number);
  const adopted = () => ({ meeting: community.meeting, motion: MOTION.adopted });

  describe("credit and configure", () => {
    it("keeps the attested total of each fund, which may be corrected downwards", async () => {
      await credit(community, 0, CREDITED - 1n);
      expect((await accountOf(0)).credited).to.equal(CREDITED - 1n);
      expect((await accountOf(1)).credited).to.equal(CREDITED);
    });

    it("refuses a total below what is committed", async () => {
      await reserve(community, community.terms, adopted());
      await credit(community, 0, BUDGET);
      expect(await refusalOf(credit(community, 0, BUDGET - 1n))).to.equal("FundCreditTooLow");
    });

    it("refuses a credit that was used before, and a fund that is not there", async () => {
      const nonce = (await fund.getFunction("accountNonce")(0)) as bigint;
      const record = id("credit");
      const value = { fund: 0, credited: 5n, record, nonce };
      const attestations = await signFund(community, "Credit", value, bothOf(community));
      await call(fund, "credit", 0, 5n, record, attestations);
      const again = call(fund, "credit", 0, 5n, record, attestations);
      expect(await refusalOf(again)).to.equal("RegistryAttestationInvalid");
      const third = call(fund, "credit", 2, 5n, record, attestations);
      expect(await refusalOf(third)).to.equal("FundUnknown");
    });

    it("refuses a credit that two committee officers signed", async () => {
      const nonce = (await fund.getFunction("accountNonce")(0)) as bigint;
      const value = { fund: 0, credited: 5n, record: id("credit"), nonce };
      const { author, committee } = community.officers;
      const attestations = await signFund(community, "Credit", value, [author, committee]);
      const sent = call(fund, "credit", 0, 5n, value.record, attestations);
      expect(await refusalOf(sent)).to.equal("RegistryRoleMissing");
    });

    it("asks for 2 to 16 approvals and for an overrun within the budget", async () => {
      expect(await refusalOf(configure(community, 1, 0))).to.equal("FundApprovalsInvalid");
      expect(await refusalOf(configure(community, 17, 0))).to.equal("FundApprovalsInvalid");
      expect(await refusalOf(configure(community, 2, 10_001))).to.equal("FundOverrunInvalid");
      await configure(community, 16, 10_000);
      const { approvals, overrunBasisPoints } = await accountOf(0);
      expect([approvals, overrunBasisPoints]).to.deep.equal([16n, 10_000n]);
    });
  });

  describe("settle", () => {
    const paidBy = () => [community.officers.firstApprover, community.officers.secondApprover];

    it("frees what was not paid, and nothing more is paid", async () => {
      const { terms } = community;
      const reservation = await reserve(community, terms, adopted());
      const claim = await submit(
        community,
        { reservation, terms, milestone: 0 },
        { amount: 5_000_001n },
      );
      await judge(community, claim);
      await release(community, claim, paidBy());
      await settle(community, reservation);
      const { amount, isSettled } = await fund.getFunction("getReservation")(reservation);
      expect([amount, isSettled]).to.deep.equal([5_000_001n, true]);
      expect((await accountOf(0)).committed).to.equal(5_000_001n);
      const late = submit(community, { reservation, terms, milestone: 1 });
      expect(await refusalOf(late)).to.equal("FundReservationSettled");
      expect(await refusalOf(settle(community, reservation))).to.equal("FundReservationSettled");
    });

    it("voids a reservation of which nothing was paid", async () => {
      await settle(community, await reserve(community, community.terms, adopted()));
      expect((await accountOf(0)).committed).to.equal(0n);
    });

    it("waits for claims that were submitted or accepted", async () => {
      const { terms } = community;
      const reservation = await reserve(community, terms, adopted());
      const claim = await submit(community, { reservation, terms, milestone: 1 });
      expect(await refusalOf(settle(community, reservation))).to.equal("FundClaimsOpen");
      await judge(community, claim);
      expect(await refusalOf(settle(community, reservation))).to.equal("FundClaimsOpen");
      await withdraw(community, claim);
      await settle(community, reservation);
    });

    it("refuses a reservation that is not there", async () => {
      const missing = fund.getFunction("getReservation")(1n);
      expect(await refusalOf(missing)).to.equal("FundReservationUnknown");
    });
  });
});
