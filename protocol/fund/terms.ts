import { type Hex, encodeAbiParameters, keccak256 } from "viem";
import { EMERGENCY_GROUNDS } from "../anchor/record/kinds.ts";
import { type UsePlan, planHash, planTerms } from "../assembly/plan.ts";

// What a reservation binds, as the Fund contract takes it: SPEC section 9.

/** A part of the work; the amount is the most that is paid for it, in fen. */
export type Milestone = { title: string; amountFen: bigint };

const MILESTONES_ABI = [
  {
    type: "tuple[]",
    components: [
      { name: "title", type: "string" },
      { name: "amount", type: "uint64" },
    ],
  },
] as const;

const toMilestone = ({ title, amountFen }: Milestone) => ({ title, amount: amountFen });

/** The hash of a list of milestones. */
export function milestonesHash(milestones: readonly Milestone[]): Hex {
  return keccak256(encodeAbiParameters(MILESTONES_ABI, [milestones.map(toMilestone)]));
}

/** The hash that a reservation keeps of its terms. */
export function termsHash(plan: UsePlan, milestones: readonly Milestone[]): Hex {
  const hashes = [planHash(planTerms(plan)), milestonesHash(milestones)] as const;
  return keccak256(encodeAbiParameters([{ type: "bytes32" }, { type: "bytes32" }], hashes));
}

/** A reservation's terms as the contract's functions take them. */
export function toTerms(plan: UsePlan, milestones: readonly Milestone[]) {
  const { fund, budget, scope, rule } = planTerms(plan);
  const { name, accountTail, account } = plan.payee;
  const payee = { name, accountTail, account: account as Hex };
  return {
    plan: { fund, budget, payee, scope, rule },
    milestones: milestones.map(toMilestone),
  };
}

/** The most that the milestones of a plan may come to, with the fund's overrun. */
export function budgetLimit(budgetFen: bigint, overrunBasisPoints: number): bigint {
  return budgetFen + (budgetFen * BigInt(overrunBasisPoints)) / 10_000n;
}

/** The number of an emergency ground on chain. */
export function groundNumber(ground: (typeof EMERGENCY_GROUNDS)[number]): number {
  return EMERGENCY_GROUNDS.indexOf(ground);
}
