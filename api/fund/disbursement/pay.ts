import { sha256 } from "viem";
import type { Hex } from "viem";
import type { UsePlan } from "../../../protocol/assembly/plan.ts";
import { parseCanonical } from "../../../protocol/anchor/json.ts";
import type { ApportionRule } from "../../../protocol/fund/apportion.ts";
import { postingsOf } from "../../../protocol/fund/entry.ts";
import type { Tx } from "../../database/client.ts";
import type { FundClaim, FundReservation } from "../../database/generated/client.ts";
import { publishEvent } from "../../http/events.ts";
import type { NewEntry } from "../books/entry.ts";
import { postEntry } from "../books/post.ts";
import { apportionScope } from "../books/scope.ts";
import { today } from "../books/today.ts";
import { LONG_TRANSACTION } from "../context.ts";
import type { FundContext } from "../context.ts";
import { lockFlags } from "../flag/rules.ts";
import { getProjectRow, lockProjects, writeStep } from "../project/step.ts";
import { readStory } from "../project/find.ts";
import { openClaim } from "./claim.ts";
import { readTerms } from "./terms.ts";

type Claimed = FundClaim & { reservation: FundReservation };

/** What is raised in the same transaction, once something was paid. */
export type RaiseIn = (tx: Tx, communityId: string) => Promise<unknown>;

/** A claim that the chain has paid. */
export interface PaidOnChain {
  id: string;
  transaction: Hex;
  /** As the event names them. */
  approvers: readonly Hex[];
  raise: RaiseIn;
}

/**
 * On chain: the payment gets its number, its entry in the books with every flat's share, and its record. Once only,
 * whoever brought it there; false where that has been done.
 */
export async function settlePaid(
  context: FundContext,
  tx: Tx,
  { id, transaction, approvers, raise }: PaidOnChain,
): Promise<boolean> {
  const { communityId } = await tx.fundClaim.findUniqueOrThrow({ where: { id } });
  // In this order everywhere: flags, projects, books, log.
  await lockFlags(tx, communityId);
  const { lastPayment } = await lockProjects(tx, communityId);
  const claim = await tx.fundClaim.findUniqueOrThrow({
    where: { id },
    include: { reservation: true },
  });
  if (claim.state === "paid") return false;
  const payment = lastPayment + 1;
  await tx.projectBooks.update({ where: { communityId }, data: { lastPayment: payment } });
  const { number: entry } = await bookPayment(context, tx, { claim, payment });
  const paid = { payment, entry, paidIn: transaction };
  await writePayment(context, tx, { claim, ...paid, approvers });
  await tx.fundClaim.update({ where: { id }, data: { state: "paid", ...paid } });
  await tx.fundReservation.update({
    where: { communityId_number: { communityId, number: claim.reservationNumber } },
    data: { paidFen: { increment: claim.amountFen } },
  });
  await raise(tx, communityId);
  const data = { project: claim.projectNumber, payment };
  await publishEvent(tx, communityId, { type: "payment", data });
  return true;
}

interface Booked {
  claim: Claimed;
  payment: number;
}

/** A charge shared out over the plan's scope by its rule, or a cost of the public income. */
async function bookPayment(context: FundContext, tx: Tx, { claim, payment }: Booked) {
  const { communityId, amountFen, projectNumber: project, milestone } = claim;
  const { plan, milestones } = readTerms(claim.reservation.terms);
  const row = await getProjectRow(tx, { communityId, project });
  const { state } = await readStory(context, tx, row);
  const { title, category } = state.project;
  const narration = `${title}：${milestones[milestone]!.title}`.slice(0, 500);
  const common = {
    ...{ communityId, date: today(context.clock), narration, source: `payment ${payment}` },
    documents: await findPublic(tx, communityId, claim.invoice as Hex),
  };
  if (plan.fund === "income") {
    const postings = postingsOf("cost", amountFen, `income:costs:${category}`);
    return postEntry(context, tx, { ...common, kind: "cost", postings });
  }
  const charge: NewEntry = {
    ...{ ...common, kind: "charge", category },
    postings: postingsOf("charge", amountFen),
    schedule: await apportionScope(context, tx, {
      ...{ communityId, amountFen, rule: toRule(plan) },
      scope: { kind: "units", units: await readScope(context, communityId, plan) },
    }),
  };
  return postEntry(context, tx, charge);
}

/** The units that bear it, as the document says that the owners adopted. */
async function readScope(
  { anchor }: FundContext,
  communityId: string,
  { scope }: UsePlan,
): Promise<string[]> {
  const { bytes } = await anchor.getDocument(communityId, scope.sha256 as Hex);
  return parseCanonical(bytes) as string[];
}

const toRule = ({ rule }: UsePlan): ApportionRule =>
  rule.factors
    ? {
        rule: "area",
        factors: Object.fromEntries(rule.factors.map(({ unit, factor }) => [unit, factor])),
      }
    : { rule: "area" };

/** The books name public documents only. */
async function findPublic(tx: Tx, communityId: string, sha: Hex): Promise<Hex[]> {
  const where = { communityId_sha256: { communityId, sha256: sha } };
  const document = await tx.document.findUnique({ where });
  return document?.confidential === false ? [sha] : [];
}

interface Paid extends Booked {
  entry: number;
  paidIn: Hex;
  approvers: readonly Hex[];
}

async function writePayment(
  context: FundContext,
  tx: Tx,
  { claim, payment, entry, paidIn, approvers }: Paid,
): Promise<void> {
  const { communityId, projectNumber: project, milestone, number, amountFen, invoice } = claim;
  const { plan } = readTerms(claim.reservation.terms);
  await writeStep(context, tx, {
    step: {
      ...{ communityId, project, officer: claim.author as Hex },
      terms: { date: today(context.clock), note: "已批准付款。", documents: [] },
    },
    type: "projectPayment",
    own: {
      ...{ payment, milestone, claim: number, amount: String(amountFen), payee: plan.payee },
      ...{ invoice, approvers: [...approvers], transaction: paidIn, entry },
    },
  });
}

class Rehearsed extends Error {}

/** What the books would refuse they refuse before anybody approves: what is paid on chain must be booked. */
export async function rehearsePayment(
  context: FundContext,
  { communityId, id }: { communityId: string; id: string },
): Promise<void> {
  const { anchor } = context;
  // Rows are taken back, files would not be: a document gets its hash, and nothing is stored.
  const putDocument: typeof anchor.putDocument = (_, { bytes }) =>
    Promise.resolve({ sha256: sha256(bytes) });
  const unstored = { ...context, anchor: { ...anchor, putDocument } };
  try {
    await context.db.$transaction(async (tx) => {
      const claim = await openClaim(tx, { communityId, id });
      const payment = (await lockProjects(tx, communityId)).lastPayment + 1;
      await bookPayment(unstored, tx, { claim, payment });
      throw new Rehearsed();
    }, LONG_TRANSACTION);
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw error;
  }
}
