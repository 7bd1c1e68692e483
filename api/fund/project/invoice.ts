import type { Hex } from "viem";
import { payeeKey } from "../../../protocol/fund/flag/payments.ts";
import type { Tx } from "../../database/client.ts";
import { DomainError } from "../../http/errors.ts";
import type { FundContext } from "../context.ts";
import { readStory } from "./find.ts";
import { openProject, requireDocuments, writeStep } from "./step.ts";
import type { NewStep, WrittenStep } from "./step.ts";

export interface NewInvoice {
  /** From 0. */
  milestone: number;
  /** Its number as printed. */
  invoice: string;
  amountFen: bigint;
  /** Its file, handed in before. */
  sha256: Hex;
}

/** Spaces, width and case do not make another invoice. */
export const invoiceKey = (invoice: string): string =>
  invoice.normalize("NFKC").replace(/\s+/g, "").toUpperCase();

/** An invoice for a milestone: once, whichever project of the community it comes with. */
export function addInvoice(
  context: FundContext,
  step: NewStep,
  { milestone, invoice, amountFen, sha256 }: NewInvoice,
): Promise<WrittenStep> {
  const { communityId, project } = step;
  return context.db.$transaction(async (tx) => {
    const { state } = await readStory(context, tx, await openProject(tx, step));
    if (!state.contract) throw new DomainError("ProjectContractMissing", { project });
    const part = state.milestones[milestone];
    if (!part) throw new DomainError("ProjectMilestoneUnknown", { milestone });
    if (amountFen > part.amountFen) {
      const figures = { amount: String(amountFen), milestone: String(part.amountFen) };
      throw new DomainError("ProjectInvoiceTooHigh", figures);
    }
    await requireDocuments(tx, communityId, [{ sha256 }]);
    const supplier = payeeKey(state.contract.payee.name);
    const key = { communityId, supplier, invoice: invoiceKey(invoice), sha256 };
    await requireUnused(tx, key);
    const own = { milestone, invoice, amount: String(amountFen), sha256 };
    const written = await writeStep(context, tx, { step, type: "projectInvoice", own });
    const { recordIndex } = written;
    const place = { projectNumber: project, milestone, amountFen, recordIndex };
    await tx.projectInvoice.create({ data: { ...key, ...place } });
    return written;
  });
}

interface Key {
  communityId: string;
  supplier: string;
  invoice: string;
  sha256: Hex;
}

async function requireUnused(
  tx: Tx,
  { communityId, supplier, invoice, sha256 }: Key,
): Promise<void> {
  const used = await tx.projectInvoice.findFirst({
    where: { communityId, OR: [{ sha256 }, { supplier, invoice }] },
  });
  if (used) throw new DomainError("ProjectInvoiceUsed", { project: used.projectNumber });
}
