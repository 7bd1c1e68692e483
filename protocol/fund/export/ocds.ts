import type { RecordOf } from "../../anchor/record.ts";
import type { ProjectRecord, ProjectRecordType } from "../project.ts";
import { CURRENCY, toYuan } from "./journal.ts";

// A repair project as a release of the Open Contracting Data Standard, schema 1.1.5
// (https://standard.open-contracting.org/1.1/en/schema/release/).

/** What a release is made from: all records of one project, in the order of the log. */
export type ProjectStory = {
  community: { id: string; name: string };
  /** The publisher's registered prefix, e.g. `ocds-213czf`; without it readers cannot tell publishers apart. */
  prefix: string;
  /** Where documents are served: `<base>/documents/<sha256>`. */
  base: string;
  records: readonly ProjectRecord[];
};

type Type = ProjectRecordType;

/** The release of a project, with every stage that it has reached; undefined while it has not begun. */
export function toRelease(story: ProjectStory) {
  const [project] = select(story, "project");
  const last = story.records.at(-1);
  if (!project || !last) return undefined;
  const ocid = `${story.prefix}-${story.community.id}-${project.project}`;
  const contracts = toContracts(story);
  const awards = toAwards(story);
  return {
    ocid,
    id: `${ocid}-${story.records.length}`,
    date: last.at,
    language: "zh",
    initiationType: "tender",
    tag: listTags(story),
    parties: toParties(story),
    buyer: { id: story.community.id, name: story.community.name },
    planning: toPlanning(story, project),
    tender: toTender(story, project),
    ...(awards.length > 0 && { awards }),
    ...(contracts.length > 0 && { contracts }),
  };
}

/** Releases of all projects as one file; undefined where there is none. */
export function toReleasePackage(stories: readonly ProjectStory[], uri: string) {
  const releases = stories.map(toRelease).filter((release) => release !== undefined);
  const newest = releases
    .map(({ date }) => date)
    .sort()
    .at(-1);
  const [story] = stories;
  if (!story || newest === undefined) return undefined;
  const { id, name } = story.community;
  const publisher = { name, uid: id };
  return { uri, version: "1.1", publishedDate: newest, publisher, releases };
}

function select<Wanted extends Type>({ records }: ProjectStory, type: Wanted): RecordOf<Wanted>[] {
  return records.filter((record): record is RecordOf<Wanted> => record.type === type);
}

const has = (story: ProjectStory, type: Type): boolean => select(story, type).length > 0;

function listTags(story: ProjectStory): string[] {
  const isUnderWay = has(story, "projectWork") || has(story, "projectPayment");
  return [
    "planning",
    ...(has(story, "projectQuote") ? ["tender"] : []),
    ...(has(story, "projectContract") ? ["award", "contract"] : []),
    ...(isUnderWay ? ["implementation"] : []),
  ];
}

const toValue = (fen: string) => ({ amount: Number(toYuan(fen)), currency: CURRENCY });

const toDate = (date: string): string => `${date}T00:00:00Z`;

/** Records name companies by their name only, so that is their identity. */
const toSupplier = (name: string) => ({ id: name, name });

function toParties(story: ProjectStory) {
  const { id, name } = story.community;
  const suppliers = select(story, "projectContract").map(({ payee }) => payee.name);
  const tenderers = select(story, "projectQuote").map(({ supplier }) => supplier);
  return [
    { id, name, roles: ["buyer", "procuringEntity", "payer"] },
    ...[...new Set([...tenderers, ...suppliers])].map((party) => ({
      ...toSupplier(party),
      roles: [
        ...(tenderers.includes(party) ? ["tenderer"] : []),
        ...(suppliers.includes(party) ? ["supplier", "payee"] : []),
      ],
    })),
  ];
}

function toDocuments({ base }: ProjectStory, { date, documents }: ProjectRecord, kind: string) {
  return documents.map(({ name, sha256 }) => ({
    id: sha256,
    documentType: kind,
    title: name,
    url: `${base}/documents/${sha256}`,
    datePublished: toDate(date),
  }));
}

function documentsOf(story: ProjectStory, kinds: Partial<Record<Type, string>>) {
  const documents = story.records.flatMap((record) => {
    const kind = kinds[record.type];
    return kind === undefined ? [] : toDocuments(story, record, kind);
  });
  return documents.length > 0 ? { documents } : {};
}

function toPlanning(story: ProjectStory, { title, note, estimate, project }: RecordOf<"project">) {
  const amount = estimate === null ? {} : { amount: toValue(estimate) };
  return {
    rationale: note,
    budget: { project: title, projectID: `${project}`, ...amount },
    ...documentsOf(story, {
      project: "projectPlan",
      projectVote: "publicHearingNotice",
      projectEmergency: "projectPlan",
    }),
  };
}

function toTender(story: ProjectStory, { title, route, project }: RecordOf<"project">) {
  const quotes = select(story, "projectQuote");
  return {
    id: `${project}`,
    title,
    status: has(story, "projectContract") ? "complete" : "planning",
    mainProcurementCategory: "works",
    procurementMethod: route === "emergency" ? "direct" : "selective",
    numberOfTenderers: quotes.length,
    tenderers: [...new Set(quotes.map(({ supplier }) => supplier))].map(toSupplier),
    ...documentsOf(story, { projectQuote: "bidders" }),
  };
}

function toAwards(story: ProjectStory) {
  return select(story, "projectContract").map(({ contract, date, payee, amount }) => ({
    id: `${contract}`,
    status: "active",
    date: toDate(date),
    value: toValue(amount),
    suppliers: [toSupplier(payee.name)],
  }));
}

function toContracts(story: ProjectStory) {
  const contracts = select(story, "projectContract");
  return contracts.map((record, i) => {
    const isLast = i === contracts.length - 1;
    return {
      id: `${record.contract}`,
      awardID: `${record.contract}`,
      title: record.note,
      status: isLast && !has(story, "projectSettlement") ? "active" : "terminated",
      value: toValue(record.amount),
      dateSigned: toDate(record.date),
      ...documentsOf(story, { projectContract: "contractSigned" }),
      ...(isLast && { implementation: toImplementation(story, record) }),
    };
  });
}

function toImplementation(story: ProjectStory, contract: RecordOf<"projectContract">) {
  return {
    milestones: contract.milestones.map(({ title }, i) => toMilestone(story, title, i)),
    transactions: select(story, "projectPayment").map((payment) => ({
      // On the community's chain, where its approvals are.
      id: payment.transaction,
      date: toDate(payment.date),
      value: toValue(payment.amount),
      payer: { id: story.community.id, name: story.community.name },
      payee: toSupplier(payment.payee.name),
    })),
    ...documentsOf(story, {
      projectWork: "physicalProgressReport",
      projectAcceptance: "completionCertificate",
      projectAudit: "financialProgressReport",
      projectInvoice: "financialProgressReport",
      projectPublication: "financialProgressReport",
    }),
  };
}

function toMilestone(story: ProjectStory, title: string, index: number) {
  const last = select(story, "projectAcceptance").findLast(({ milestone }) => milestone === index);
  const met = last?.accepted === true ? { dateMet: toDate(last.date) } : {};
  const status = !last ? "scheduled" : last.accepted ? "met" : "notMet";
  return { id: `${index}`, title, status, ...met };
}
