import { keccak256 } from "viem";
import type { Hex } from "viem";
import { KEY_KIND } from "../../protocol/registry/keys.ts";
import type { Role } from "../http/authority.ts";
import { createDemoKey } from "./keys.ts";
import type { Actor } from "./port.ts";
import { createRandom } from "./random.ts";
import { DEMO_SEED } from "./story.ts";

export interface DemoOfficer extends Actor {
  title: string;
  signer: Hex;
  privateKey: Hex;
}

const OFFICES = {
  registrar: { title: "示范社区居民委员会（登记）", roles: ["registrar"] },
  committee: { title: "业主委员会主任", roles: ["committee"] },
  firstTeller: { title: "计票人甲", roles: ["teller"] },
  secondTeller: { title: "计票人乙", roles: ["teller"] },
  author: { title: "业委会副主任(Deputy chair)", roles: ["committee"] },
  firstApprover: { title: "付款审批人甲(Approver A)", roles: ["approver"] },
  secondApprover: { title: "付款审批人乙(Approver B)", roles: ["approver"] },
  thirdApprover: { title: "付款审批人丙(Approver C)", roles: ["approver"] },
} as const satisfies Record<string, { title: string; roles: readonly Role[] }>;

export type DemoOffice = keyof typeof OFFICES;

/** Who founds the community, as far as votes go. */
export const FOUNDERS = ["registrar", "committee", "firstTeller", "secondTeller"] as const;
/** Whom they appoint when there is money to spend: who claims does not judge, and two of three approve. */
export const APPOINTED = ["author", "firstApprover", "secondApprover", "thirdApprover"] as const;

/** The officers of the demonstration; their keys are public knowledge. */
export function createOfficers(): Record<DemoOffice, DemoOfficer> {
  const random = createRandom(DEMO_SEED);
  const entries = Object.entries(OFFICES).map(([office, { title, roles }]) => {
    const key = createDemoKey(random, `officer ${office}`, KEY_KIND.secp256k1);
    const { keyId: signer, privateKey } = key;
    return [office, { id: keccak256(signer), title, roles, signer, privateKey }];
  });
  return Object.fromEntries(entries) as Record<DemoOffice, DemoOfficer>;
}
