import { PROJECT_RECORDS } from "../../../protocol/anchor/record/project.ts";
import { payeeKey } from "../../../protocol/fund/flag/payments.ts";
import type { ProjectRecord } from "../../../protocol/fund/project.ts";
import type {
  Project,
  ProjectDocument,
  ProjectInvoice,
  ProjectStep,
} from "../../database/generated/client.ts";
import { toInstant } from "../../clock.ts";
import { invoiceKey } from "../../fund/project/invoice.ts";
import { inspectDerived } from "../derived.ts";
import { inspectRecorded } from "../recorded.ts";
import { requireOfficer } from "../registry/communities.ts";
import type { FsckContext } from "../subject.ts";

type StepType = ProjectRecord["type"];
const TYPES: readonly StepType[] = PROJECT_RECORDS.map(({ shape }) => shape.type.value);

const BOOKS = `
  SELECT coalesce(p."communityId", b."communityId") AS community, coalesce(p."communityId", b."communityId") AS row,
    CASE WHEN b."communityId" IS NOT NULL THEN
      jsonb_build_object('lastProject', b."lastProject", 'lastPayment', b."lastPayment") END AS kept,
    CASE WHEN p."communityId" IS NOT NULL THEN jsonb_build_object('lastProject', p.last, 'lastPayment',
      (SELECT count(*) FROM "Record" r WHERE r."communityId" = p."communityId" AND r."type" = 'projectPayment')
    ) END AS expected
  FROM (SELECT "communityId", max("number") AS last FROM "Project" GROUP BY 1) p
  FULL JOIN "ProjectBooks" b ON b."communityId" = p."communityId"`;

/** Steps are numbered in the order of the log. */
const ORDER = `
  SELECT "communityId" AS community, "projectNumber" || '/' || "number" AS row,
    jsonb_build_object('number', "number") AS kept,
    jsonb_build_object('number', row_number()
      OVER (PARTITION BY "communityId", "projectNumber" ORDER BY "recordIndex")) AS expected
  FROM "ProjectStep"`;

/** Where officers signed for a step together: for its record, or for what it tells of. */
const SIGNED = `
  SELECT s."communityId" AS community, s."projectNumber" || '/' || s."number" AS row,
    jsonb_build_object('proposalId', s."proposalId") AS kept,
    jsonb_build_object('proposalId', (SELECT a."proposalId" FROM "FundAct" a WHERE a."communityId" = s."communityId"
      AND (a."recordIndex" = s."recordIndex" OR s."type" = 'projectReservation'
        AND a."doneIn" = (SELECT r."text"::jsonb->>'transaction' FROM "Record" r
          WHERE r."communityId" = s."communityId" AND r."index" = s."recordIndex")))) AS expected
  FROM "ProjectStep" s`;

/** What the steps of a project say of it. */
interface Told {
  route: string;
  createdAt: string;
  meeting: number | null;
  motion: number | null;
  settled: boolean;
  /** By whom it is worked on, as invoices are told apart. */
  suppliers: Set<string>;
}

/** Projects are what their records say, step by step. */
export async function inspectProjects(context: FsckContext): Promise<void> {
  const told = new Map<string, Told>();
  for (const type of TYPES) await inspectSteps(context, type, told);
  await inspectDerived(context, { table: "ProjectStep", sql: ORDER, counts: false });
  await inspectDerived(context, { table: "ProjectStep", sql: SIGNED, counts: false });
  await inspectRows(context, told);
  await inspectDerived(context, { table: "ProjectBooks", sql: BOOKS });
  await inspectInvoices(context, told);
  await inspectHandedIn(context);
}

async function inspectSteps(
  context: FsckContext,
  type: StepType,
  told: Map<string, Told>,
): Promise<void> {
  const steps = inspectRecorded<ProjectStep, StepType>(context, {
    ...{ table: "ProjectStep", type, key: ["projectNumber", "number"] },
    where: `t."type" = '${type}'`,
    expected: (record) => ({ projectNumber: record.project, type: record.type }),
  });
  for await (const { record } of steps) listen(told, record);
}

/** Types come in the order of a project's life, and the steps of one type in their own. */
function listen(told: Map<string, Told>, record: ProjectRecord): void {
  const key = `${record.community}/${record.project}`;
  if (record.type === "project") {
    const { route, at: createdAt } = record;
    const rest = { meeting: null, motion: null, settled: false, suppliers: new Set<string>() };
    told.set(key, { route, createdAt, ...rest });
    return;
  }
  const project = told.get(key);
  if (!project) return;
  if (record.type === "projectContract") project.suppliers.add(payeeKey(record.payee.name));
  if (record.type === "projectSettlement") project.settled = true;
  if (record.type !== "projectVote") return;
  project.meeting = record.meeting;
  project.motion = record.motion;
}

async function inspectRows(
  { snapshot, inspection }: FsckContext,
  told: ReadonlyMap<string, Told>,
): Promise<void> {
  const seen = new Set<string>();
  for await (const row of snapshot.stream<Project>(`SELECT * FROM "Project"`)) {
    const { communityId: community, number } = row;
    const key = `${community}/${number}`;
    const place = { community, table: "Project", row: String(number) };
    inspection.count("Project", community);
    seen.add(key);
    const project = told.get(key);
    if (!project) {
      inspection.extra(place);
      continue;
    }
    const { route, meeting, motion, settled, createdAt } = project;
    inspection.compare(place, row, { route, meeting, motion, settled });
    inspection.equal({ ...place, field: "createdAt" }, createdAt, toInstant(row.createdAt));
  }
  for (const key of told.keys()) {
    if (seen.has(key)) continue;
    const at = key.lastIndexOf("/");
    inspection.missing({ community: key.slice(0, at), table: "Project", row: key.slice(at + 1) });
  }
}

async function inspectInvoices(
  context: FsckContext,
  told: ReadonlyMap<string, Told>,
): Promise<void> {
  const invoices = inspectRecorded<ProjectInvoice, "projectInvoice">(context, {
    ...{ table: "ProjectInvoice", type: "projectInvoice", key: ["sha256"] },
    expected: ({ project, milestone, amount, sha256, invoice }) => ({
      ...{ projectNumber: project, milestone, amountFen: amount, sha256 },
      invoice: invoiceKey(invoice),
    }),
  });
  for await (const { row, record, place } of invoices) {
    const suppliers = told.get(`${record.community}/${record.project}`)?.suppliers;
    if (suppliers?.has(row.supplier)) continue;
    context.inspection.equal({ ...place, field: "supplier" }, [...(suppliers ?? [])], row.supplier);
  }
}

type HandedIn = ProjectDocument & { known: string | null };

const HANDED_IN = `
  SELECT p.*, d."sha256" AS known FROM "ProjectDocument" p
  LEFT JOIN "Document" d ON d."communityId" = p."communityId" AND d."sha256" = p."sha256"`;

/** Files that were handed in are there, by an officer. */
async function inspectHandedIn(context: FsckContext): Promise<void> {
  const { snapshot, inspection } = context;
  for await (const row of snapshot.stream<HandedIn>(HANDED_IN)) {
    const { communityId: community, sha256, by, known } = row;
    const place = { community, table: "ProjectDocument", row: sha256 };
    inspection.count("ProjectDocument", community);
    if (known === null) inspection.extra(place, "sha256");
    await requireOfficer(context, { ...place, field: "by" }, by);
  }
}
