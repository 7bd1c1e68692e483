import type { FundDraft, FundEntry, FundSettings } from "../../database/generated/client.ts";
import type { Outcome } from "../../fund/books/perform.ts";
import { termsSchema } from "../../fund/books/terms.ts";
import type { Terms, TermsOf } from "../../fund/books/terms.ts";
import type { Place } from "../inspection.ts";
import { requireOfficer } from "../registry/communities.ts";
import type { FsckContext } from "../subject.ts";

const DRAFTS = `SELECT * FROM "FundDraft" ORDER BY "communityId", "createdAt"`;

interface Step {
  draft: FundDraft;
  terms: Terms;
  outcome: Outcome;
  place: Place;
}

/** What one officer entered and another confirmed is what was done; what waits is nowhere else. */
export async function inspectDrafts(context: FsckContext): Promise<void> {
  const { snapshot, inspection } = context;
  for await (const draft of snapshot.stream<FundDraft>(DRAFTS)) {
    const { communityId: community, id, state } = draft;
    inspection.count("FundDraft", community);
    const place = { community, table: "FundDraft", row: id };
    const terms = readTerms(draft);
    inspection.compare(place, draft, {
      action: terms?.action ?? "an action with its terms",
      date: terms && "date" in terms ? terms.date : null,
    });
    await requireOfficer(context, { ...place, field: "author" }, draft.author);
    compareState(context, place, draft);
    if (state === "withdrawn") {
      await requireOfficer(context, { ...place, field: "closedBy" }, draft.closedBy ?? "nobody");
    } else if (state === "waiting") inspection.skip("FundDraft waiting", "onlyHere", { community });
    const outcome = draft.result as Outcome | null;
    if (terms && outcome) await inspectOutcome(context, { draft, terms, outcome, place });
  }
  await findLostDrafts(context);
}

function readTerms({ action, payload }: FundDraft): Terms | undefined {
  const { success, data } = termsSchema.safeParse(payload);
  return success && data.action === action ? data : undefined;
}

function compareState({ inspection }: FsckContext, place: Place, draft: FundDraft): void {
  const { result, closedBy, closedAt } = draft;
  const closed = closedBy !== null && closedAt !== null ? "withdrawn" : "waiting";
  inspection.equal({ ...place, field: "state" }, result === null ? closed : "done", draft.state);
}

async function inspectOutcome(context: FsckContext, step: Step): Promise<void> {
  const { terms, outcome } = step;
  await inspectPosted(context, step);
  if (terms.action === "period") await comparePeriod(context, step, terms);
  if (terms.action === "settings") await compareSettings(context, step, terms);
  if (terms.action === "balances") {
    await compareRow(context, step, {
      ...{ table: "FundBalances", number: outcome.balances, fields: { date: terms.date } },
    });
  }
}

/** The entries that the draft says it became. */
async function inspectPosted({ snapshot, inspection }: FsckContext, step: Step): Promise<void> {
  const { draft, terms, outcome, place } = step;
  const rows = await snapshot.rows<FundEntry>(
    `SELECT * FROM "FundEntry" WHERE "communityId" = $1 AND "number" = ANY($2) ORDER BY "number"`,
    [draft.communityId, outcome.entries],
  );
  inspection.equal(
    { ...place, field: "result" },
    outcome.entries,
    rows.map(({ number }) => number),
  );
  const by = { author: draft.author, confirmer: draft.closedBy };
  for (const row of rows) {
    const own = { ...by, ...(row === rows[0] ? toEntry(draft, terms) : {}) };
    for (const [field, value] of Object.entries(own)) {
      const found = (row as unknown as Record<string, unknown>)[field];
      // Entries say what their records say: where the two differ, the draft was changed.
      inspection.equal({ ...place, field: `${field} of entry ${row.number}` }, found, value);
    }
  }
}

function toEntry({ id }: FundDraft, terms: Terms): object {
  const source = `draft ${id}`;
  switch (terms.action) {
    case "entry": {
      const { kind, date, occurred = null, narration, category = null, documents } = terms;
      return { kind, date, occurred, narration, category, documents, source };
    }
    case "reversal":
      return { reverses: terms.number, date: terms.date, reason: terms.reason, source };
    case "distribution":
      return { kind: "distribution", date: terms.date, narration: terms.narration, source };
    case "incomeShare":
      return { kind: "incomeShare", date: terms.date };
    case "period":
    case "balances":
    case "settings":
      return {};
  }
}

interface Target {
  table: string;
  number: number | undefined;
  fields: object;
}

/** What was published by a draft says what the draft says. */
async function compareRow(
  { snapshot, inspection }: FsckContext,
  { draft, place }: Step,
  { table, number, fields }: Target,
): Promise<void> {
  const [row] = await snapshot.rows<Record<string, unknown>>(
    `SELECT t.*, r."text" FROM "${table}" t
     LEFT JOIN "Record" r ON r."communityId" = t."communityId" AND r."index" = t."recordIndex"
     WHERE t."communityId" = $1 AND t."number" = $2`,
    [draft.communityId, number ?? 0],
  );
  if (!row)
    return inspection.missing({ ...place, table, row: String(number) }, `of draft ${draft.id}`);
  for (const [field, value] of Object.entries(fields)) {
    const where = { ...place, field: `${field} of ${table} ${number}` };
    inspection.equal(where, value, row[field]);
  }
}

function comparePeriod(context: FsckContext, step: Step, { to }: TermsOf<"period">): Promise<void> {
  const number = step.outcome.period;
  return compareRow(context, step, { table: "FundPeriod", number, fields: { to } });
}

function compareSettings(
  context: FsckContext,
  step: Step,
  terms: TermsOf<"settings">,
): Promise<void> {
  const { draft, outcome } = step;
  const { topUpBelow, topUpSource, negativeUnits, negativeUnitsSource = null } = terms;
  const decided: Partial<FundSettings> = {
    ...{ topUpBelow, topUpSource, negativeUnits, negativeUnitsSource },
    ...{ author: draft.author, confirmer: draft.closedBy ?? "" },
  };
  const target = { table: "FundSettings", number: outcome.settings, fields: decided };
  return compareRow(context, step, target);
}

/** Entries that name a draft which is not there, or was never confirmed. */
async function findLostDrafts({ snapshot, inspection }: FsckContext): Promise<void> {
  const sql = `
    SELECT e."communityId" AS community, substr(e."source", 7) AS row, e."number" FROM "FundEntry" e
    WHERE e."source" LIKE 'draft %' AND NOT EXISTS (
      SELECT FROM "FundDraft" d WHERE d."communityId" = e."communityId"
        AND d."id"::text = substr(e."source", 7) AND d."state" = 'done')`;
  const rows = snapshot.stream<{ community: string; row: string; number: number }>(sql);
  for await (const { community, row, number } of rows) {
    inspection.missing({ community, table: "FundDraft", row }, `of entry ${number}`);
  }
}
