import { keccak256, stringToHex } from "viem";
import { type UsePlan, accountHash, scopeBytes } from "../../../protocol/assembly/plan.ts";
import type { TestCommunity } from "./community.ts";

/** A plan that nothing is wrong with, its scope put down as a document. */
export function makePlan(community: TestCommunity, change: Partial<UsePlan> = {}): UsePlan {
  const units = ["1-1-101", "1-1-102", "1-2-101"];
  const account = accountHash(keccak256(stringToHex("salt")), "6222020200112233445");
  return {
    fund: "maintenance",
    budget: "238600000",
    payee: { name: "示范电梯工程有限公司", accountTail: "3445", account },
    scope: { units: units.length, sha256: community.putDocument(scopeBytes(units)) },
    rule: { rule: "area" },
    ...change,
  };
}
