import type { PublishedRecord, RecordOf } from "../../../protocol/anchor/record.ts";
import { writeBooks } from "../../../protocol/fund/export/write.ts";
import type { BookForm } from "../../../protocol/fund/export/form.ts";
import { periodJournal } from "../../../protocol/fund/export/journal.ts";
import type { Books, Placed } from "../../../protocol/fund/export/journal.ts";
import type { ProjectStory } from "../../../protocol/fund/export/ocds.ts";
import { PROJECT_RECORDS } from "../../../protocol/anchor/record/project.ts";
import type { ProjectRecord } from "../../../protocol/fund/project.ts";
import { DomainError } from "../../http/errors.ts";
import type { FundContext } from "../context.ts";

// Exports are made from the published records alone, so that whoever has the log can make the same.

type Parsed<Type extends PublishedRecord["type"]> = { index: number; record: RecordOf<Type> };

async function readAll<Type extends PublishedRecord["type"]>(
  { anchor }: FundContext,
  communityId: string,
  type: Type,
): Promise<Parsed<Type>[]> {
  const entries = await anchor.source(communityId).findRecords({ type });
  return entries.map(({ index, text }) => ({ index, record: JSON.parse(text) as RecordOf<Type> }));
}

/** The books as the log tells them. */
export async function readBooks(context: FundContext, communityId: string): Promise<Books> {
  const entries = await readAll(context, communityId, "entry");
  const balances = await readAll(context, communityId, "balances");
  return { community: communityId, entries: entries.map(({ record }) => record), balances };
}

/** Throws PeriodNotFound. */
export async function readPeriod(
  context: FundContext,
  communityId: string,
  number: number,
): Promise<Placed<"period">> {
  const where = { communityId_number: { communityId, number } };
  const row = await context.db.fundPeriod.findUnique({ where });
  if (!row) throw new DomainError("PeriodNotFound", { period: number });
  const { index, text } = await context.anchor.source(communityId).record(row.recordIndex);
  return { index, record: JSON.parse(text) as RecordOf<"period"> };
}

/** A closed period's books in one of the forms, as they are given out. Throws PeriodNotFound. */
export async function writePeriod(
  context: FundContext,
  communityId: string,
  { number, form }: { number: number; form: BookForm },
): Promise<Uint8Array> {
  const period = await readPeriod(context, communityId, number);
  const journal = periodJournal(await readBooks(context, communityId), period);
  return writeBooks(form, journal, period.record);
}

/** The records of every project, in the order of the log. */
export async function readStories(
  context: FundContext,
  communityId: string,
  about: Pick<ProjectStory, "base" | "prefix">,
): Promise<ProjectStory[]> {
  const types = PROJECT_RECORDS.map((schema) => schema.shape.type.value);
  const found: { index: number; record: ProjectRecord }[] = [];
  for (const type of types) found.push(...(await readAll(context, communityId, type)));
  found.sort((a, b) => a.index - b.index);
  const projects = Map.groupBy(found, ({ record }) => record.project);
  const { id, name } = await context.registry.getCommunity(context.db, communityId);
  return [...projects]
    .sort(([a], [b]) => a - b)
    .map(([, rows]) => {
      return { ...about, community: { id, name }, records: rows.map(({ record }) => record) };
    });
}
