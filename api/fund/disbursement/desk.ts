import type { Tx } from "../../database/client.ts";
import { publishEvent } from "../../http/events.ts";
import type { FundContext } from "../context.ts";
import { configureRules, creditRules } from "./accounts.ts";
import { registerActs } from "./act.ts";
import { RELEASE } from "./approve.ts";
import { registerClaims } from "./claim.ts";
import { getEvent } from "./events.ts";
import { judgeRules, withdrawRules } from "./judge.ts";
import { settlePaid } from "./pay.ts";
import type { RaiseIn } from "./pay.ts";
import { reserveEmergencyRules, reserveRules } from "./reserve.ts";
import { settleRules } from "./settle.ts";

/** Everything that follows from the chain. To be called before it starts. */
export function registerDisbursement(context: FundContext, raise: RaiseIn): void {
  registerActs(context, {
    creditFund: creditRules,
    configureFund: configureRules,
    reserve: reserveRules,
    reserveEmergency: reserveEmergencyRules,
    judgeClaim: judgeRules,
    withdrawClaim: withdrawRules,
    settleReservation: settleRules,
  });
  registerClaims(context);
  const { chain } = context;
  chain.onMined(RELEASE, async (tx, { ref }, receipt) => {
    const { approvers } = getEvent(receipt, "PaymentReleased");
    const transaction = receipt.transactionHash;
    await settlePaid(context, tx, { id: claimOf(ref), transaction, approvers, raise });
  });
  chain.onFailed(RELEASE, (tx, { ref }, { code }) => takeBack(tx, claimOf(ref), code));
}

/** A reference is the claim and how often it was tried before. */
const claimOf = (ref: string): string => ref.split(":")[0]!;

/**
 * The chain refused, such as an approver who was dismissed meanwhile: it waits for other approvals. Where somebody else
 * had released it before us, that is taken up.
 */
async function takeBack(tx: Tx, id: string, failure: string): Promise<void> {
  const { communityId, projectNumber: project } = await tx.fundClaim.update({
    where: { id },
    data: { state: "accepted", failure, attempts: { increment: 1 } },
  });
  await publishEvent(tx, communityId, { type: "disbursement", data: { project } });
}
