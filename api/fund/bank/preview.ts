import type { FundContext } from "../context.ts";
import { toSound, findState, readForAccount } from "./import.ts";
import type { NewImport, ReadFile } from "./import.ts";
import { listOrganisations, looksLikeOrganisation } from "./organisation.ts";
import type { BankStatement, Problem } from "./parse/statement.ts";
import { planImport } from "./plan.ts";
import { DomainError } from "../../http/errors.ts";

/** What would come of importing a file; nothing is written. */
export interface Preview {
  format: string;
  validation: "schema" | "structure" | "columns";
  statements: PreviewedStatement[];
  counterparties: PreviewedCounterparty[];
}

export interface PreviewedStatement {
  from: string | null;
  to: string | null;
  openingFen: bigint | null;
  closingFen: bigint | null;
  lines: number;
  added: number;
  repeated: number;
  problems: Problem[];
}

/** A name that the bank gives; only those marked as organisations are published. */
export interface PreviewedCounterparty {
  name: string;
  lines: number;
  looksLikeOrganisation: boolean;
  isPublished: boolean;
}

export async function previewImport(context: FundContext, input: NewImport): Promise<Preview> {
  const read = await readForAccount(context, input);
  const { format, validation, statements } = read.file;
  const previews: PreviewedStatement[] = [];
  for (const statement of statements) previews.push(await previewOne(context, read, statement));
  const marked = new Set(await listOrganisations(context.db, input.communityId));
  return {
    ...{ format, validation, statements: previews },
    counterparties: listCounterparties(statements, marked),
  };
}

async function previewOne(
  context: FundContext,
  { row }: ReadFile,
  statement: BankStatement,
): Promise<PreviewedStatement> {
  const { from = null, to = null, opening, closing, lines, problems } = statement;
  const figures = {
    ...{ from, to, openingFen: opening?.amount ?? null, closingFen: closing?.amount ?? null },
    lines: lines.length,
  };
  if (problems.length > 0) return { ...figures, added: 0, repeated: 0, problems };
  try {
    const sound = toSound(context, statement);
    const plan = planImport(sound, await findState(context.db, row, sound));
    const { added, repeated } = plan;
    return { ...figures, from: plan.from, to: plan.to, added: added.length, repeated, problems };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { code, params } = error as unknown as Problem;
    return { ...figures, added: 0, repeated: 0, problems: [{ code, params }] };
  }
}

function listCounterparties(
  statements: readonly BankStatement[],
  marked: ReadonlySet<string>,
): PreviewedCounterparty[] {
  const lines = statements
    .flatMap((statement) => statement.lines)
    .filter(({ counterparty }) => counterparty !== undefined);
  const byName = Map.groupBy(lines, ({ counterparty }) => counterparty!.normalize("NFC"));
  return [...byName].map(([name, own]) => ({
    name,
    lines: own.length,
    looksLikeOrganisation: looksLikeOrganisation(name),
    isPublished: own.some(({ isOrganisation }) => isOrganisation ?? marked.has(name)),
  }));
}
