import { randomBytes } from "node:crypto";
import { bytesToHex } from "viem";
import type { Hex } from "viem";
import { accountHash, allowsPlan, scopeBytes } from "../../../protocol/assembly/plan.ts";
import type { UsePlan } from "../../../protocol/assembly/plan.ts";
import type { Tx } from "../../database/client.ts";
import { DomainError } from "../../http/errors.ts";
import type { AssemblyContext } from "../context.ts";
import type { MeetingDraft, PlanDraft } from "./draft.ts";

interface PlansInput {
  communityId: string;
  draft: MeetingDraft;
}

/** The plans of a draft's motions as its record says them: accounts hidden, scopes written down as documents. */
export async function putPlans(
  context: AssemblyContext,
  tx: Tx,
  { communityId, draft }: PlansInput,
): Promise<(UsePlan | undefined)[]> {
  if (draft.motions.every(({ plan }) => !plan)) return [];
  const all = await context.registry.rolls.unitsOf(tx, communityId, draft.roll);
  const plans: (UsePlan | undefined)[] = [];
  for (const [motion, { item, plan }] of draft.motions.entries()) {
    if (plan && !allowsPlan(item, plan.fund)) {
      throw new DomainError("PlanItemNotAllowed", { motion, item, fund: plan.fund });
    }
    plans.push(plan && (await putPlan(context, tx, { communityId, plan, all })));
  }
  return plans;
}

/** One plan over the units of a roll. */
export async function putPlan(
  context: AssemblyContext,
  tx: Tx,
  { communityId, plan, all }: { communityId: string; plan: PlanDraft; all: readonly string[] },
): Promise<UsePlan> {
  const { fund, budget, rule } = plan;
  const units = unitsInScope(plan.scope, all);
  requireFactors(plan, new Set(units));
  const { sha256 } = await context.anchor.putDocument(tx, {
    communityId,
    name: "charge-scope.json",
    mediaType: "application/json",
    bytes: scopeBytes(units),
  });
  const { name, account: number } = plan.payee;
  const account = await keepAccount(context, tx, { communityId, number });
  const payee = { name, accountTail: number.slice(-4), account };
  return { fund, budget, payee, scope: { units: units.length, sha256 }, rule };
}

export interface PlanInput {
  communityId: string;
  plan: PlanDraft;
}

/** The plan of an emergency, over the units of the newest frozen roll: there is no meeting that has one. */
export async function putPlanOfNow(
  context: AssemblyContext,
  tx: Tx,
  { communityId, plan }: PlanInput,
): Promise<UsePlan> {
  const { registry } = context;
  const roll = (await registry.frozenRolls(tx, communityId, 0)).at(-1);
  if (roll === undefined) throw new DomainError("ScopeEmpty");
  const all = await registry.rolls.unitsOf(tx, communityId, roll);
  return putPlan(context, tx, { communityId, plan, all });
}

/** A building or an entrance stands for its units, because a unit's id begins with theirs. */
function unitsInScope(scope: readonly string[], all: readonly string[]): readonly string[] {
  if (scope.length === 0) return all;
  const within = (place: string) => (unit: string) =>
    unit === place || unit.startsWith(`${place}-`);
  const unknown = scope.filter((place) => !all.some(within(place)));
  if (unknown.length > 0) throw new DomainError("PlanScopeUnknown", { places: unknown.length });
  return all.filter((unit) => scope.some((place) => within(place)(unit)));
}

/** Every unit of the scope has one factor where any has; somebody must bear the cost. */
function requireFactors({ rule }: PlanDraft, scope: ReadonlySet<string>): void {
  const { factors } = rule;
  if (!factors) return;
  const named = new Set(factors.map(({ unit }) => unit));
  const complete = named.size === factors.length && named.size === scope.size;
  const borne = factors.some(({ factor }) => Number(factor) > 0);
  if (complete && borne && factors.every(({ unit }) => scope.has(unit))) return;
  throw new DomainError("PlanFactorsInvalid", { factors: factors.length, units: scope.size });
}

/** Keeps the number for the bank's lines to be compared with; one account has one hash, which shows its reuse. */
export async function keepAccount(
  { cipher, clock }: Pick<AssemblyContext, "cipher" | "clock">,
  tx: Tx,
  { communityId, number }: { communityId: string; number: string },
): Promise<Hex> {
  const fingerprint = cipher.fingerprint(`account ${number}`);
  const salt = bytesToHex(randomBytes(32));
  const hash = accountHash(salt, number);
  const sealed = cipher.seal(JSON.stringify({ salt, number }), `payeeAccount ${hash}`);
  const data = [{ communityId, hash, fingerprint, sealed, createdAt: clock.now() }];
  await tx.payeeAccount.createMany({ data, skipDuplicates: true });
  const where = { communityId_fingerprint: { communityId, fingerprint } };
  const kept = await tx.payeeAccount.findUniqueOrThrow({ where });
  return kept.hash as Hex;
}
