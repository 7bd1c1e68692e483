import type { Hex } from "viem";
import type * as z from "zod";
import { budgetLimit } from "../../../protocol/fund/terms.ts";
import type { Db } from "../../database/client.ts";
import type { Document } from "../../database/generated/client.ts";
import { toInstant } from "../../clock.ts";
import type { FundContext } from "../context.ts";
import { readFund } from "../onChain.ts";
import type { FundOnChain } from "../onChain.ts";
import { dayIn } from "../books/today.ts";
import { readStories, readStory } from "./find.ts";
import type { Step, Story } from "./find.ts";
import { findSigners } from "./signers.ts";
import { getProjectRow } from "./step.ts";
import type { projectSchema, storySchema } from "./schemas.ts";

type ProjectView = z.input<typeof projectSchema>;
type StoryView = z.input<typeof storySchema>;

/** All projects, the newest first. */
export async function listProjects(context: FundContext, communityId: string) {
  const { db } = context;
  await context.registry.getCommunity(db, communityId);
  const rows = await db.project.findMany({ where: { communityId }, orderBy: { number: "desc" } });
  const stories = await readStories(context, db, rows);
  const funds = await readFunds(context, stories);
  return stories.map((story) => viewProject(story, funds));
}

/** One project from plan to payment. Throws ProjectNotFound. */
export async function viewStory(
  context: FundContext,
  place: { communityId: string; project: number },
): Promise<StoryView> {
  const { db } = context;
  await context.registry.getCommunity(db, place.communityId);
  const story = await readStory(context, db, await getProjectRow(db, place));
  const funds = await readFunds(context, [story]);
  const documents = await findDocuments(db, place.communityId, story.steps);
  const { state, plan } = story;
  const proposals = story.steps.flatMap(({ row }) => row.proposalId ?? []);
  const signers = await findSigners(context, db, { communityId: place.communityId, proposals });
  const steps = [];
  for (const step of story.steps) {
    steps.push(await viewStep(context, step, { documents, signers }));
  }
  return {
    ...viewProject(story, funds),
    plan: plan ?? null,
    milestones: state.milestones.map(({ amountFen, paidFen, ...milestone }, i) => ({
      ...milestone,
      ...{ milestone: i, amount: String(amountFen), paid: String(paidFen) },
    })),
    published: state.payments.every(({ entry }) => state.publishedEntries.has(entry)),
    story: steps,
  };
}

type Funds = ReadonlyMap<string, FundOnChain>;

async function readFunds(context: FundContext, stories: readonly Story[]): Promise<Funds> {
  const names = new Set(stories.flatMap(({ plan }) => (plan ? [plan.fund] : [])));
  const [first] = stories;
  const funds = new Map<string, FundOnChain>();
  for (const fund of names) {
    const { communityId } = first!.row;
    funds.set(fund, await readFund(context, context.db, { communityId, fund }));
  }
  return funds;
}

function viewProject(story: Story, funds: Funds): ProjectView {
  const { row, state, plan, motion, steps } = story;
  const { title, category, route, ground, date, estimate } = state.project;
  return {
    project: row.number,
    ...{ title, category, route, ground, estimate, begunOn: date },
    fund: plan?.fund ?? null,
    glance: viewGlance(story, funds),
    stage: stageOf(story),
    motion: motion ? viewMotion(motion) : null,
    contractor: plan?.payee.name ?? null,
    steps: steps.length,
    lastOn: steps
      .map(({ record }) => record.date)
      .toSorted()
      .at(-1)!,
  };
}

function viewGlance(story: Story, funds: Funds): ProjectView["glance"] {
  const { state, plan } = story;
  const contracted = state.contract?.amount ?? null;
  const paid = String(state.paidFen);
  if (!plan || !isApproved(story)) return { approved: null, limit: null, contracted, paid };
  const limit = String(budgetLimit(BigInt(plan.budget), funds.get(plan.fund)!.overrunBasisPoints));
  return { approved: plan.budget, limit, contracted, paid };
}

/** By the owners' vote, or in an emergency as two officers attest when they reserve the money. */
const isApproved = ({ row, motion, plan }: Story): boolean =>
  row.route === "emergency" ? plan !== undefined : motion?.outcome === "Adopted";

function stageOf({ state, motion, plan }: Story): ProjectView["stage"] {
  if (state.settlement) return "settled";
  if (state.payments.length > 0) return "paying";
  if (state.startedOn !== null) return "working";
  if (state.contract) return "contracted";
  if (motion?.outcome === "Adopted" || state.emergencyPlan) return "approved";
  return plan ? "voting" : "planned";
}

export function viewMotion(motion: NonNullable<Story["motion"]>) {
  const { concludedAt, finalAt, outcome } = motion;
  return {
    ...{ meeting: motion.meeting, motion: motion.motion, title: motion.title, item: motion.item },
    ...{ outcome, recordIndex: motion.recordIndex, resultIndex: motion.resultIndex },
    adoptedOn: outcome === "Adopted" && concludedAt ? dayIn(concludedAt) : null,
    finalAt: finalAt ? toInstant(finalAt) : null,
  };
}

async function findDocuments(
  db: Db,
  communityId: string,
  steps: readonly Step[],
): Promise<ReadonlyMap<string, Document>> {
  const hashes = steps.flatMap(({ record }) => record.documents.map(({ sha256 }) => sha256));
  const where = { communityId, sha256: { in: hashes } };
  const rows = await db.document.findMany({ where });
  return new Map(rows.map((row) => [row.sha256, row]));
}

interface Looked {
  documents: ReadonlyMap<string, Document>;
  signers: Awaited<ReturnType<typeof findSigners>>;
}

async function viewStep(
  { registry, db }: FundContext,
  { row, record }: Step,
  { documents, signers }: Looked,
): Promise<StoryView["story"][number]> {
  const { communityId, number: step, type, recordIndex, recordLeaf } = row;
  const { date, at, note, author } = record;
  return {
    ...{ step, type, date, at, note, author, recordIndex, recordLeaf },
    office: await registry.titleOf(db, communityId, author as Hex),
    signers: signers.get(row.proposalId ?? "") ?? [],
    documents: record.documents.map(({ name, sha256 }) => {
      const known = documents.get(sha256);
      const isPublic = known?.confidential === false;
      return { name, sha256, mediaType: known?.mediaType ?? null, public: isPublic };
    }),
    record,
  };
}
