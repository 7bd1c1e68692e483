import type { ProjectRecord, ProjectState } from "../../../protocol/fund/project.ts";
import { readProject } from "../../../protocol/fund/project.ts";
import type { UsePlan } from "../../../protocol/assembly/plan.ts";
import type { MotionState } from "../../assembly/service.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { Project, ProjectStep } from "../../database/generated/client.ts";
import type { FundContext } from "../context.ts";

/** A step with its record as it was published. */
export interface Step {
  row: ProjectStep;
  record: ProjectRecord;
}

/** A project with all that its records say, and the motion that decides on it. */
export interface Story {
  row: Project;
  steps: Step[];
  state: ProjectState;
  motion: MotionState | undefined;
  /** What may be spent, for whom, and who bears it: the motion's, or the emergency's. */
  plan: UsePlan | undefined;
}

/** The stories of some projects, by number. */
export async function readStories(
  { assembly }: Pick<FundContext, "assembly">,
  db: Db | Tx,
  rows: readonly Project[],
): Promise<Story[]> {
  const [first] = rows;
  if (!first) return [];
  const { communityId } = first;
  const steps = await readSteps(db, communityId, rows);
  const stories: Story[] = [];
  for (const row of rows) {
    const own = steps.filter(({ row: { projectNumber } }) => projectNumber === row.number);
    const state = readProject(own.map(({ record }) => record));
    if (!state) throw new Error(`project ${row.number} of ${communityId} has no record`);
    const motion = await findMotion(assembly, db, row);
    const plan = row.route === "vote" ? motion?.plan : state.emergencyPlan;
    stories.push({ row, steps: own, state, motion, plan });
  }
  return stories;
}

export async function readStory(
  context: Pick<FundContext, "assembly">,
  db: Db | Tx,
  row: Project,
): Promise<Story> {
  const [story] = await readStories(context, db, [row]);
  return story!;
}

async function readSteps(
  db: Db | Tx,
  communityId: string,
  rows: readonly Project[],
): Promise<Step[]> {
  const steps = await db.projectStep.findMany({
    where: { communityId, projectNumber: { in: rows.map(({ number }) => number) } },
    orderBy: { recordIndex: "asc" },
  });
  const records = await db.record.findMany({
    where: { communityId, index: { in: steps.map(({ recordIndex }) => recordIndex) } },
    select: { index: true, text: true },
  });
  const texts = new Map(records.map(({ index, text }) => [index, text]));
  return steps.map((row) => ({
    row,
    record: JSON.parse(texts.get(row.recordIndex)!) as ProjectRecord,
  }));
}

async function findMotion(
  assembly: FundContext["assembly"],
  db: Db | Tx,
  { communityId, meeting, motion }: Project,
): Promise<MotionState | undefined> {
  if (meeting === null || motion === null) return undefined;
  return assembly.getMotion(db, communityId, { meeting, motion });
}
