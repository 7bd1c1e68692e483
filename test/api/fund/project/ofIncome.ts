import { expect } from "chai";
import { expectProblem, get } from "../../assembly/client.ts";
import type { ProjectTown } from "./town.ts";

interface Shed {
  readonly town: ProjectTown;
  /** A project whose adopted motion plans this amount of the public income. */
  readonly project: number;
  readonly amount: string;
}

/** A payment of the public income, in a town that stands. */
export function describeOfIncome(find: () => Shed): void {
  describe("a plan of the public income", () => {
    it("is reserved within that income, and paid as a cost of it that the flats do not bear", async () => {
      const { town, project, amount } = find();
      const { items: before } = await get(town.service, `${town.community.path}/fund/chain`);
      expectProblem(await town.tryPost(`/${project}/reservation`, {}), 409, "FundBalanceTooLow");
      await town.receive(String(BigInt(amount) + 150_000n));
      await town.credit("income");
      await town.reserve(project);
      const { reservation } = await town.disbursement(project);
      expect(reservation).to.include({ fund: "income", amount });
      const used = () => town.db.fundUnit.aggregate({ _sum: { usedFen: true } });
      const usedBefore = await used();
      const invoice = await town.invoice(project, { milestone: 0, amount });
      const claim = await town.claim(project, invoice);
      await town.approve(claim, "approverB", "approverC");
      const { entry } = await town.reaches(claim, "paid");
      const booked = await get(town.service, `${town.community.path}/fund/entries/${entry}`);
      expect(booked).to.include({ fund: "income", kind: "cost", schedule: null });
      const [cost] = booked.postings;
      expect(cost).to.include({ account: "income:costs:other", amount });
      expect(await used()).to.deep.equal(usedBefore);
      const { items: after } = await get(town.service, `${town.community.path}/fund/chain`);
      expect(after[0]).to.deep.equal(before[0]);
      expect(after[1]).to.include({ committed: amount, free: "150000" });
    });
  });
}
