import type { Flag, FlagProject } from "./input.ts";
import type { FlagRules } from "./rules.ts";

type Found = Omit<Flag, "formula" | "parameters">;

const toInputs = ({ name, record }: FlagProject) => [{ name, record }];

const largest = (...amounts: (bigint | null)[]): bigint =>
  amounts.reduce<bigint>((most, amount) => (amount !== null && amount > most ? amount : most), 0n);

export function findOverBudget(
  projects: readonly FlagProject[],
  { abovePermille }: FlagRules["overBudget"],
): Found[] {
  return projects.flatMap((project) => {
    const { name, budgetFen, contractFen, paidFen } = project;
    if (budgetFen === null) return [];
    const most = largest(contractFen, paidFen);
    if (most * 1000n <= budgetFen * BigInt(1000 + abovePermille)) return [];
    const figures = { budget: String(budgetFen), amount: String(most) };
    return [{ key: `${name} budget ${budgetFen}`, inputs: toInputs(project), figures }];
  });
}

export function findStartBeforeVote(projects: readonly FlagProject[]): Found[] {
  return projects.flatMap((project) => {
    const { name, isEmergency, adoptedOn, contractedOn, startedOn } = project;
    const begun = [contractedOn, startedOn].filter((day) => day !== null).toSorted()[0];
    if (isEmergency || begun === undefined) return [];
    if (adoptedOn !== null && begun >= adoptedOn) return [];
    const figures = { begun, adopted: adoptedOn ?? "none" };
    return [{ key: `${name} begun ${begun}`, inputs: toInputs(project), figures }];
  });
}

export function findEmergencyLarge(
  projects: readonly FlagProject[],
  { from }: FlagRules["emergencyLarge"],
): Found[] {
  return projects.flatMap((project) => {
    const { name, isEmergency, contractFen, paidFen } = project;
    const most = largest(contractFen, paidFen);
    if (!isEmergency || most < BigInt(from)) return [];
    return [{ key: name, inputs: toInputs(project), figures: { amount: String(most) } }];
  });
}
