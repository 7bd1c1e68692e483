import { expect } from "chai";
import { type Contract, id } from "ethers";
import {
  type Terms,
  bothOf,
  call,
  configure,
  credit,
  describeTerms,
  hashMilestones,
  hashPlan,
  holdMeeting,
  reserve,
  reserveEmergency,
  settle,
  signFund,
  toYuan,
} from "../../scripts/bench/chain/fund.ts";
import { deployOn } from "../../scripts/bench/chain/community.ts";
import { travelTo } from "../../scripts/bench/chain/meeting.ts";
import { keepChain, refusalOf } from "./chain.ts";
import { type FundCase, INCOME_TERMS, MOTION, makeFundCase } from "./fundCase.ts";

const BUDGET = 10_000_000n;

describe("Fund: reservations", () => {
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
  const place = (motion: bigint, meeting = community.meeting) => ({ meeting, motion });
  const adopted = () => place(MOTION.adopted);

  describe("reserve", () => {
    it("sets an adopted motion's money aside", async () => {
      const reservation = await reserve(community, community.terms, adopted());
      expect(reservation).to.equal(1n);
      const kept = await fund.getFunction("getReservation")(reservation);
      expect([kept.amount, kept.approvals, kept.milestones]).to.deep.equal([BUDGET, 2n, 2n]);
      expect((await accountOf(0)).committed).to.equal(BUDGET);
      const found = await fund.getFunction("reservationOf")(community.meeting, MOTION.adopted);
      expect(found).to.equal(reservation);
    });

    it("keeps both funds apart", async () => {
      await reserve(community, INCOME_TERMS, place(MOTION.income));
      const committed = [(await accountOf(0)).committed, (await accountOf(1)).committed];
      expect(committed).to.deep.equal([0n, 500_000n]);
    });

    const refused: [string, string, () => Promise<unknown>][] = [
      [
        "a motion that is reserved",
        "FundMotionReserved",
        async () => {
          await reserve(community, community.terms, adopted());
          return reserve(community, community.terms, adopted());
        },
      ],
      [
        "a settled motion a second time",
        "FundMotionReserved",
        async () => {
          await settle(community, await reserve(community, community.terms, adopted()));
          return reserve(community, community.terms, adopted());
        },
      ],
      [
        "a motion that was not adopted",
        "FundMotionNotAdopted",
        () => reserve(community, community.terms, place(MOTION.rejected)),
      ],
      [
        "a motion without a plan",
        "FundMotionWithoutPlan",
        () => reserve(community, community.terms, place(MOTION.withoutPlan)),
      ],
      [
        "an item that uses no fund",
        "FundItemNotAllowed",
        () => reserve(community, community.terms, place(MOTION.wrongItem)),
      ],
      [
        "the maintenance fund under item 9",
        "FundItemNotAllowed",
        () => reserve(community, community.terms, place(MOTION.wrongItemOfMaintenance)),
      ],
      [
        "a result that is still preliminary",
        "FundMotionNotFinal",
        () => reserve(community, community.terms, place(0n, community.preliminary)),
      ],
      [
        "a meeting that is not there",
        "FundMotionNotFinal",
        () => reserve(community, community.terms, place(0n, 9n)),
      ],
      [
        "a motion that is not there",
        "AssemblyMotionUnknown",
        () => reserve(community, community.terms, place(7n)),
      ],
      [
        "one motion's plan under another",
        "FundPlanDiffers",
        () => reserve(community, INCOME_TERMS, adopted()),
      ],
      [
        "two officers of one kind",
        "RegistryRoleMissing",
        () => {
          const { committee, author } = community.officers;
          return reserve(community, community.terms, adopted(), [author, committee]);
        },
      ],
      [
        "33 milestones",
        "FundMilestonesInvalid",
        () =>
          reserve(
            community,
            describeTerms(
              {},
              Array.from({ length: 33 }, () => 1n),
            ),
            adopted(),
          ),
      ],
      [
        "no milestone",
        "FundMilestonesInvalid",
        () => reserve(community, describeTerms({}, []), adopted()),
      ],
      [
        "a milestone without an amount",
        "FundMilestoneEmpty",
        () => reserve(community, describeTerms({}, [5n, 0n]), adopted()),
      ],
      [
        "more than the budget",
        "FundBudgetExceeded",
        () => reserve(community, describeTerms({}, [BUDGET, 1n]), adopted()),
      ],
      [
        "amounts that overflow 64 bits together",
        "FundBudgetExceeded",
        () => reserve(community, describeTerms({}, [2n ** 64n - 1n, 2n]), adopted()),
      ],
      [
        "more than the fund has left",
        "FundBalanceTooLow",
        async () => {
          await credit(community, 0, BUDGET - 1n);
          return reserve(community, community.terms, adopted());
        },
      ],
    ];
    for (const [name, error, act] of refused) {
      it(`refuses ${name}`, async () => {
        expect(await refusalOf(act())).to.equal(error);
      });
    }

    describe("beside another community with the same officers", () => {
      let neighbour: FundCase;

      beforeEach(async () => {
        const deployed = await deployOn(community.ethers);
        const { terms, preliminary } = community;
        neighbour = { ...deployed, terms, preliminary, meeting: 0n };
        await credit(neighbour, 0, BUDGET);
      });

      it("refuses the motion that the other community's owners adopted", async () => {
        const sent = reserve(neighbour, community.terms, adopted());
        expect(await refusalOf(sent)).to.equal("FundMotionNotFinal");
      });

      it("refuses the other community's plan under a motion of its own, and what was signed for the other's fund", async () => {
        const payee = { name: "本小区的施工单位", accountTail: "0007", account: id("own") };
        const own = describeTerms({ payee });
        const { meeting, finalAt } = await holdMeeting(neighbour, [{ plan: hashPlan(own.plan) }]);
        await travelTo(neighbour, finalAt);
        const motion = place(0n, meeting);
        const foreign = reserve(neighbour, community.terms, motion);
        expect(await refusalOf(foreign)).to.equal("FundPlanDiffers");
        const value = {
          ...{ reservation: 1n, ...motion, payee: payee.name, amountYuan: toYuan(BUDGET) },
          ...{ plan: hashPlan(own.plan), milestones: hashMilestones(own.milestones) },
          record: id("contract"),
        };
        const signed = await signFund(community, "Reserve", value, bothOf(neighbour));
        const sent = call(neighbour.fund, "reserve", motion, own, value.record, signed);
        expect(await refusalOf(sent)).to.equal("RegistryAttestationInvalid");
        expect(await reserve(neighbour, own, motion)).to.equal(1n);
      });
    });

    const changed: [string, (plan: Terms["plan"]) => Partial<Terms["plan"]>][] = [
      ["fund", () => ({ fund: 1 })],
      ["budget", ({ budget }) => ({ budget: budget + 1n })],
      ["payee's name", ({ payee }) => ({ payee: { ...payee, name: "另一家公司" } })],
      ["payee's account", ({ payee }) => ({ payee: { ...payee, account: id("other") } })],
      ["payee's account tail", ({ payee }) => ({ payee: { ...payee, accountTail: "0001" } })],
      ["charge scope", () => ({ scope: id("other scope") })],
      ["apportionment rule", () => ({ rule: id("other rule") })],
    ];
    for (const [name, change] of changed) {
      it(`refuses another ${name} than the owners adopted, though both officers signed it`, async () => {
        const terms = describeTerms(change(community.terms.plan));
        expect(await refusalOf(reserve(community, terms, adopted()))).to.equal("FundPlanDiffers");
      });
    }

    it("allows the overrun that the rules allow, and not a fen more", async () => {
      await configure(community, 2, 1_000);
      const most = describeTerms({}, [BUDGET, BUDGET / 10n]);
      const more = describeTerms({}, [BUDGET, BUDGET / 10n + 1n]);
      expect(await refusalOf(reserve(community, more, adopted()))).to.equal("FundBudgetExceeded");
      await reserve(community, most, adopted());
    });

    it("refuses a signature over another amount or other milestones", async () => {
      const signed = describeTerms({}, [BUDGET - 1n]);
      const value = {
        ...{ reservation: 1n, ...adopted(), payee: signed.plan.payee.name },
        ...{ amountYuan: "99999.99", plan: id("plan"), milestones: id("milestones") },
        record: id("contract"),
      };
      const attestations = await signFund(community, "Reserve", value, bothOf(community));
      const sent = call(fund, "reserve", adopted(), signed, value.record, attestations);
      expect(await refusalOf(sent)).to.equal("RegistryAttestationInvalid");
    });
  });

  describe("reserveEmergency", () => {
    it("sets money of the maintenance fund aside on any of the eight grounds", async () => {
      const terms = describeTerms({ budget: 100n }, [100n]);
      for (let ground = 0; ground < 8; ground++) await reserveEmergency(community, terms, ground);
      expect((await accountOf(0)).committed).to.equal(800n);
    });

    it("refuses a ground that is not there, the public income, and more than the budget", async () => {
      expect(await refusalOf(reserveEmergency(community, community.terms, 8))).to.equal(
        "FundGroundUnknown",
      );
      const income = reserveEmergency(community, INCOME_TERMS);
      expect(await refusalOf(income)).to.equal("FundEmergencyNotMaintenance");
      const dear = reserveEmergency(community, describeTerms({}, [BUDGET + 1n]));
      expect(await refusalOf(dear)).to.equal("FundBudgetExceeded");
    });

    it("asks for a registrar and a committee officer", async () => {
      const { firstApprover, committee } = community.officers;
      const sent = reserveEmergency(community, community.terms, 0, [firstApprover, committee]);
      expect(await refusalOf(sent)).to.equal("RegistryRoleMissing");
    });

    it("refuses the same attestations a second time", async () => {
      const { data } = await (async () => {
        await reserveEmergency(community, community.terms);
        const block = await community.ethers.provider.getBlock("latest", true);
        return block!.prefetchedTransactions[0]!;
      })();
      const replayed = community.officers.relayer.sendTransaction({ to: fund, data });
      expect(await refusalOf(replayed)).to.equal("RegistryAttestationInvalid");
    });
  });
});
