import { deployCommunity } from "./chain/community.ts";
import {
  credit,
  describeTerms,
  hashPlan,
  holdMeeting,
  judge,
  release,
  reserve,
  submit,
} from "./chain/fund.ts";
import { travelTo } from "./chain/meeting.ts";

/** Gas of a payment by two of three approvers in one transaction, warm: the reservation has paid before. */
export async function measureFund(): Promise<number> {
  const community = await deployCommunity();
  const { firstApprover, secondApprover, thirdApprover } = community.officers;
  const terms = describeTerms();
  const { meeting, finalAt } = await holdMeeting(community, [{ plan: hashPlan(terms.plan) }]);
  await travelTo(community, finalAt);
  await credit(community, terms.plan.fund, 100_000_000n);
  const reservation = await reserve(community, terms, { meeting, motion: 0n });
  const pairs = [
    [firstApprover, thirdApprover],
    [secondApprover, thirdApprover],
  ];
  let gas = 0n;
  for (const [milestone, signers] of pairs.entries()) {
    const claim = await submit(community, { reservation, terms, milestone });
    await judge(community, claim);
    ({ gasUsed: gas } = await release(community, claim, signers));
  }
  return Number(gas);
}
