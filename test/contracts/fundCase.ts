import { ZeroHash } from "ethers";
import { type Community, deployCommunity } from "../../scripts/bench/chain/community.ts";
import {
  type Terms,
  credit,
  describeTerms,
  hashPlan,
  holdMeeting,
} from "../../scripts/bench/chain/fund.ts";
import { travelTo } from "../../scripts/bench/chain/meeting.ts";

/** What both funds of the case were credited with. */
export const CREDITED = 30_000_000n;

/** Terms of a motion about the public income. */
export const INCOME_TERMS = describeTerms({ fund: 1, budget: 500_000n }, [500_000n]);

/** The motions of the case's meeting; the first is adopted and uses the maintenance fund. */
export const MOTION = {
  adopted: 0n,
  rejected: 1n,
  withoutPlan: 2n,
  wrongItem: 3n,
  wrongItemOfMaintenance: 4n,
  income: 5n,
  other: 6n,
} as const;

/** A community whose meeting is final, and another meeting whose objections are still heard. */
export type FundCase = Community & { terms: Terms; meeting: bigint; preliminary: bigint };

/** Makes the case. */
export async function makeFundCase(): Promise<FundCase> {
  const community = await deployCommunity();
  const terms = describeTerms();
  const plan = hashPlan(terms.plan);
  const { meeting, finalAt } = await holdMeeting(community, [
    { plan },
    { plan, answer: 2 },
    { plan: ZeroHash },
    { plan, item: 4 },
    { plan, item: 9 },
    { plan: hashPlan(INCOME_TERMS.plan), item: 9 },
    { plan, item: 7 },
  ]);
  await travelTo(community, finalAt);
  const preliminary = await holdMeeting(community, [{ plan }]);
  await credit(community, 0, CREDITED);
  await credit(community, 1, CREDITED);
  return { ...community, terms, meeting, preliminary: preliminary.meeting };
}
