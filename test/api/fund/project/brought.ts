import { expect } from "chai";
import { Wallet } from "ethers";
import { encodeFunctionData } from "viem";
import type { Hex } from "viem";
import { runFsck } from "../../../../api/fsck/fsck.ts";
import { fundAbi } from "../../../../protocol/abi/fund.ts";
import { toApprovals } from "../../../../protocol/fund/approvals.ts";
import { get } from "../../assembly/client.ts";
import type { OfficerName } from "../../assembly/community.ts";
import type { ProjectTown } from "./town.ts";

interface Brought {
  town: ProjectTown;
  /** With its contract of one part, adopted, and its money not set aside yet. */
  project: number;
  amount: string;
}

/** Cases in a town whose third payment this is. */
export function describeBrought(of: () => Brought): void {
  describe("a payment that somebody else brings to the chain", () => {
    let town: ProjectTown;
    let project: number;
    let amount: string;
    let claim: string;

    /** What approvers sign, with an account of nobody's and a fee of nothing. */
    const bring = async (names: readonly OfficerName[]): Promise<Hex> => {
      const cookie = await town.community.cookieOf("approverC");
      const path = `${town.community.path}/fund/claims/${claim}/approval`;
      const { typedData } = await get(town.service, path, { cookie });
      const signed = names.map((name) => town.sign(typedData, name));
      const { signatures, attestations } = toApprovals(signed);
      const { number } = await town.db.fundClaim.findUniqueOrThrow({ where: { id: claim } });
      const { chain, registry } = town.service.parts;
      const { fund: to } = await registry.getCommunity(town.db, town.community.id);
      const args = [BigInt(number), signatures, attestations] as const;
      const raw = await Wallet.createRandom().signTransaction({
        ...{ to, chainId: await chain.client.getChainId(), nonce: 0 },
        data: encodeFunctionData({ abi: fundAbi, functionName: "release", args }),
        ...{ gasLimit: 1_000_000, gasPrice: 0 },
      });
      return chain.submit(raw as Hex);
    };

    before(async () => {
      ({ town, project, amount } = of());
      await town.reserve(project);
      claim = await town.claim(
        project,
        await town.invoice(project, { milestone: 0, amount: amount }),
      );
    });

    it("is taken up from the chain's event and booked once, with approvals that were never handed in", async () => {
      await town.approve(claim, "approverB");
      const hash = await bring(["approverB", "approverC"]);
      const paid = await town.reaches(claim, "paid");
      expect(paid).to.deep.include({ paidIn: hash, payment: 3, attempts: 0 });
      const { story } = await town.story(project);
      const { record } = story.findLast(({ type }: { type: string }) => type === "projectPayment");
      expect(record).to.deep.include({ amount: amount, transaction: hash, entry: paid.entry });
      const approvals = await town.db.fundApproval.findMany({ where: { claimId: claim } });
      expect(approvals.map(({ officer }) => officer)).to.have.members(record.approvers);
      const used = await town.db.fundUnit.aggregate({ _sum: { usedFen: true } });
      expect(String(used._sum.usedFen)).to.equal(String(2_300_000 + Number(amount)));
    });

    it("is not booked again, whoever looks, and the project can be settled", async () => {
      await town.service.restart();
      const { parts } = town.service;
      await Promise.all([parts.fund.adopt(), parts.fund.adopt()]);
      const entries = { communityId: town.community.id, source: "payment 3" };
      expect(await town.db.fundEntry.count({ where: entries })).to.equal(1);
      expect(await town.db.chainCall.count({ where: { kind: "releaseClaim" } })).to.equal(2);
      const terms = { date: town.day(), note: "结算完成。" };
      await town.signed(town.propose(`/projects/${project}/settlement`, terms));
      expect((await town.story(project)).stage).to.equal("settled");
    });

    it("is in order for an inspection of everything", async () => {
      const { findings } = await runFsck({
        databaseUrl: town.service.database.url,
        dataDirectory: town.service.directory,
      });
      expect(findings).to.deep.equal([]);
    });
  });
}
