import {
  type Hex,
  bytesToHex,
  concat,
  encodeAbiParameters,
  keccak256,
  sha256,
  stringToHex,
  zeroHash,
} from "viem";
import type { z } from "zod";
import { canonicalBytes } from "../anchor/json.ts";
import { FUNDS } from "../anchor/record/kinds.ts";
import type { payee, plan } from "../anchor/record/plan.ts";

/** A use plan as a motion carries it; amounts are decimal texts of fen. */
export type UsePlan = z.infer<typeof plan>;

/** Whom a plan pays. */
export type Payee = z.infer<typeof payee>;

/** A plan as the contracts know it. */
export type PlanTerms = { fund: number; budget: bigint; payee: Hex; scope: Hex; rule: Hex };

const TERMS_ABI = [
  { type: "uint8" },
  { type: "uint64" },
  { type: "bytes32" },
  { type: "bytes32" },
  { type: "bytes32" },
] as const;

const PAYEE_ABI = [{ type: "string" }, { type: "string" }, { type: "bytes32" }] as const;

/** The hash of an account number (spaces taken out, NFC) behind a random salt of 32 bytes. */
export function accountHash(salt: Hex, account: string): Hex {
  return keccak256(concat([salt, stringToHex(account.normalize("NFC"))]));
}

/** The hash of a payee, by which the contracts tell one from another. */
export function payeeHash({ name, accountTail, account }: Payee): Hex {
  return keccak256(encodeAbiParameters(PAYEE_ABI, [name, accountTail, account as Hex]));
}

/** The bytes of the document that a plan's scope names: the unit ids, each once, sorted. */
export function scopeBytes(units: readonly string[]): Uint8Array<ArrayBuffer> {
  return canonicalBytes([...new Set(units)].sort());
}

/** What the contracts know of a plan. */
export function planTerms({ fund, budget, payee, scope, rule }: UsePlan): PlanTerms {
  return {
    fund: FUNDS.indexOf(fund),
    budget: BigInt(budget),
    payee: payeeHash(payee),
    scope: scope.sha256 as Hex,
    rule: sha256(bytesToHex(canonicalBytes(rule))),
  };
}

/** The hash of a plan that a convocation names. */
export function planHash({ fund, budget, payee, scope, rule }: PlanTerms): Hex {
  return keccak256(encodeAbiParameters(TERMS_ABI, [fund, budget, payee, scope, rule]));
}

/** The `plans` of a convocation: one hash for each motion, zero where it carries no plan. */
export function planHashes(motions: readonly { plan?: UsePlan | undefined }[]): Hex[] {
  return motions.map(({ plan }) => (plan ? planHash(planTerms(plan)) : zeroHash));
}

/** Whether a motion of this item (Civil Code Art. 278 para. 1) may use the fund; the contract `Fund` says the same. */
export function allowsPlan(item: number, fund: UsePlan["fund"]): boolean {
  // Item 5 uses the maintenance fund; a motion that does more besides takes the strictest item, 6 to 8. The use of
  // public income is another major matter (9), or part of what the other items decide.
  return item >= 5 && (item <= 8 || fund === "income");
}
