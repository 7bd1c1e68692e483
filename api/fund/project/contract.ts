import type { Payee, UsePlan } from "../../../protocol/assembly/plan.ts";
import { payeeHash } from "../../../protocol/assembly/plan.ts";
import { budgetLimit } from "../../../protocol/fund/terms.ts";
import type { PayeeDraft } from "../../assembly/service.ts";
import type { Tx } from "../../database/client.ts";
import { DomainError } from "../../http/errors.ts";
import type { FundContext } from "../context.ts";
import { readFund } from "../onChain.ts";
import { readStory } from "./find.ts";
import type { Story } from "./find.ts";
import { openProject, writeStep } from "./step.ts";
import type { NewStep, WrittenStep } from "./step.ts";

/** An offer. */
export function addQuote(
  context: FundContext,
  step: NewStep,
  { supplier, amountFen }: { supplier: string; amountFen: bigint },
): Promise<WrittenStep> {
  return context.db.$transaction(async (tx) => {
    const { state } = await readStory(context, tx, await openProject(tx, step));
    const quote = state.quotes.length + 1;
    const own = { quote, supplier, amount: String(amountFen) };
    return writeStep(context, tx, { step, type: "projectQuote", own });
  });
}

export interface NewContract {
  quote?: number | undefined;
  /** As the contract names it, with the account's whole number. */
  payee: PayeeDraft;
  amountFen: bigint;
  milestones: readonly { title: string; amountFen: bigint }[];
}

/**
 * The contract: with whom the plan names and nobody else, for no more than it allows, in parts that add up to it. One
 * that was signed before the vote is written down as it is; a flag says so.
 */
export function addContract(
  context: FundContext,
  step: NewStep,
  contract: NewContract,
): Promise<WrittenStep> {
  return context.db.$transaction(async (tx) => {
    const story = await readStory(context, tx, await openProject(tx, step));
    await requireUnreserved(tx, step);
    const plan = requirePlan(story);
    const payee = await requirePayee(context, tx, { step, plan, draft: contract.payee });
    await requireAmounts(context, tx, { step, story, contract });
    const { quote, amountFen, milestones } = contract;
    const own = {
      contract: story.state.contracts + 1,
      ...{ quote: quote ?? null, payee, amount: String(amountFen) },
      milestones: milestones.map(({ title, amountFen: part }) => {
        return { title, amount: String(part) };
      }),
    };
    return writeStep(context, tx, { step, type: "projectContract", own });
  });
}

/** What two officers sign for, or have signed for, is not replaced under their hands. */
export async function requireUnreserved(
  tx: Tx,
  { communityId, project }: Pick<NewStep, "communityId" | "project">,
): Promise<void> {
  const act = await tx.fundAct.findFirst({
    where: {
      ...{ communityId, projectNumber: project, state: { not: "refused" } },
      kind: { in: ["reserve", "reserveEmergency"] },
    },
  });
  if (act) throw new DomainError("ProjectContractFixed", { project });
}

export function requirePlan({ plan, row }: Story): UsePlan {
  if (!plan) throw new DomainError("ProjectPlanMissing", { project: row.number });
  return plan;
}

/** A contractor changed after the vote is refused, and which it is said: another name, or another account. */
async function requirePayee(
  { assembly }: FundContext,
  tx: Tx,
  { step, plan, draft }: { step: NewStep; plan: UsePlan; draft: PayeeDraft },
): Promise<Payee> {
  const { name, account: number } = draft;
  const account = await assembly.keepAccount(tx, { communityId: step.communityId, number });
  const payee = { name, accountTail: number.slice(-4), account };
  const { project } = step;
  if (name !== plan.payee.name) throw new DomainError("ProjectPayeeDiffers", { project });
  if (payeeHash(payee) !== payeeHash(plan.payee)) {
    throw new DomainError("ProjectAccountDiffers", { project });
  }
  return payee;
}

async function requireAmounts(
  context: FundContext,
  tx: Tx,
  { step, story, contract }: { step: NewStep; story: Story; contract: NewContract },
): Promise<void> {
  const { quote, amountFen, milestones } = contract;
  if (quote !== undefined && !story.state.quotes.some((known) => known.quote === quote)) {
    throw new DomainError("ProjectQuoteUnknown", { quote });
  }
  const parts = milestones.reduce((sum, { amountFen: part }) => sum + part, 0n);
  if (parts !== amountFen) {
    const figures = { amount: String(amountFen), milestones: String(parts) };
    throw new DomainError("ProjectMilestonesDiffer", figures);
  }
  const { fund, budget } = requirePlan(story);
  const { communityId } = step;
  const { overrunBasisPoints } = await readFund(context, tx, { communityId, fund });
  const limit = budgetLimit(BigInt(budget), overrunBasisPoints);
  if (amountFen > limit) {
    const figures = { limit: String(limit), amount: String(amountFen) };
    throw new DomainError("ProjectOverBudget", figures);
  }
}
