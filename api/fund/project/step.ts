import type { Hex } from "viem";
import type { ProjectRecord, ProjectRecordType } from "../../../protocol/fund/project.ts";
import { toInstant } from "../../clock.ts";
import type { Db, Tx } from "../../database/client.ts";
import type { Project, ProjectBooks } from "../../database/generated/client.ts";
import { DomainError } from "../../http/errors.ts";
import { publishEvent } from "../../http/events.ts";
import { today } from "../books/today.ts";
import type { FundContext } from "../context.ts";

/** What every step says beside what is its own. */
export interface StepTerms {
  /** YYYY-MM-DD; when it happened. */
  date: string;
  /** In public: names no person. */
  note: string;
  documents: readonly { name: string; sha256: Hex }[];
}

/** A step of a project as an officer enters it. */
export interface NewStep {
  communityId: string;
  project: number;
  terms: StepTerms;
  officer: Hex;
}

/** Where a step's record stands. */
export interface WrittenStep {
  project: number;
  step: number;
  recordIndex: number;
  recordLeaf: Hex;
}

/**
 * The projects of a community, held until the transaction ends: whoever writes a step takes turns. Comes before the
 * books and before any record.
 */
export async function lockProjects(tx: Tx, communityId: string): Promise<ProjectBooks> {
  await tx.$executeRaw`
    INSERT INTO "ProjectBooks" ("communityId") VALUES (${communityId}) ON CONFLICT DO NOTHING`;
  await tx.$queryRaw`SELECT 1 FROM "ProjectBooks" WHERE "communityId" = ${communityId} FOR UPDATE`;
  return tx.projectBooks.findUniqueOrThrow({ where: { communityId } });
}

/** Throws ProjectNotFound. */
export async function getProjectRow(
  tx: Db | Tx,
  { communityId, project: number }: Pick<NewStep, "communityId" | "project">,
): Promise<Project> {
  const where = { communityId_number: { communityId, number } };
  const row = await tx.project.findUnique({ where });
  if (!row) throw new DomainError("ProjectNotFound", { project: number });
  return row;
}

/** The project, locked, to which something is to be added; what is settled stays as it is. */
export async function openProject(
  tx: Tx,
  step: Pick<NewStep, "communityId" | "project">,
): Promise<Project> {
  await lockProjects(tx, step.communityId);
  const row = await getProjectRow(tx, step);
  if (row.settled) throw new DomainError("ProjectSettled", { project: row.number });
  return row;
}

/** Nothing happened tomorrow. */
export function requireDay({ clock }: FundContext, date: string): void {
  const last = today(clock);
  if (date > last) throw new DomainError("ProjectDateInvalid", { today: last });
}

/** Public documents of this community, and what was handed in for projects, public or not. */
export async function requireDocuments(
  tx: Tx,
  communityId: string,
  documents: readonly { sha256: Hex }[],
): Promise<void> {
  const wanted = [...new Set(documents.map(({ sha256 }) => sha256))];
  const known = await tx.document.findMany({
    where: { communityId, sha256: { in: wanted }, confidential: false },
    select: { sha256: true },
  });
  const handedIn = await tx.projectDocument.findMany({
    where: { communityId, sha256: { in: wanted } },
    select: { sha256: true },
  });
  known.push(...handedIn);
  const missing = wanted.find((sha256) => !known.some((row) => row.sha256 === sha256));
  if (missing) throw new DomainError("DocumentNotFound", { sha256: missing });
}

type Own<Type extends ProjectRecordType> = Omit<
  Extract<ProjectRecord, { type: Type }>,
  "v" | "community" | "at" | "project" | "date" | "note" | "documents" | "author" | "type"
>;

interface OwnStep<Type extends ProjectRecordType> {
  step: NewStep;
  type: Type;
  own: Own<Type>;
}

/** The record of a step, to be published now or once officers have signed for its leaf. */
export async function toStepRecord<Type extends ProjectRecordType>(
  context: FundContext,
  tx: Tx,
  { step, type, own }: OwnStep<Type>,
): Promise<ProjectRecord> {
  const { communityId, project, terms, officer: author } = step;
  const { date, note, documents } = terms;
  requireDay(context, date);
  await requireDocuments(tx, communityId, documents);
  return {
    ...{ v: 1, type, community: communityId, at: toInstant(context.clock.now()), project },
    ...{ date, note, documents: [...documents], author },
    ...own,
  } as unknown as ProjectRecord;
}

/** Publishes a step; the projects must be locked. */
export async function writeStep<Type extends ProjectRecordType>(
  context: FundContext,
  tx: Tx,
  { proposalId, ...step }: OwnStep<Type> & { proposalId?: string | null },
): Promise<WrittenStep> {
  return appendStep(context, tx, await toStepRecord(context, tx, step), proposalId);
}

/** The same for a record that was written before; `proposalId` is where officers signed for it. */
export async function appendStep(
  { anchor }: FundContext,
  tx: Tx,
  record: ProjectRecord,
  proposalId: string | null = null,
): Promise<WrittenStep> {
  const { community: communityId, project, type } = record;
  const { index, leaf } = await anchor.append(tx, communityId, record);
  const last = await tx.projectStep.count({ where: { communityId, projectNumber: project } });
  const number = last + 1;
  await tx.projectStep.create({
    data: {
      ...{ communityId, projectNumber: project, number, type, proposalId },
      ...{ recordIndex: index, recordLeaf: leaf },
    },
  });
  await publishEvent(tx, communityId, { type: "project", data: { project, step: number } });
  return { project, step: number, recordIndex: index, recordLeaf: leaf };
}
